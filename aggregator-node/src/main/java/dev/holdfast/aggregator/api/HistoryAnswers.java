package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.view.EventHeader;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.inventory.v1.GetStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.ListMovementsResponse;
import java.util.List;

/** From movements to responses. */
final class HistoryAnswers {
  /** Tag and length of a movement in a page. */
  private static final int TAG_BYTES = 5;

  private HistoryAnswers() {}

  /** A page of as many movements as fit, to which the caller adds where the next one begins. */
  static ListMovementsResponse.Builder page(
      List<Movement> movements, HistorySince since, HistoryService.Place place) {
    var response =
        ListMovementsResponse.newBuilder().setSince(since(since)).setAsOf(place.position());
    long bytes = 0;
    for (Movement each : movements) {
      var movement = movement(each);
      bytes += movement.getSerializedSize() + TAG_BYTES;
      if (bytes > GlobalStockService.ANSWER_BYTES_MAX) {
        break;
      }
      response.addMovements(movement);
    }
    return response;
  }

  static GetStockAsOfResponse asOf(
      StockKey item, StockLevel level, HistorySince since, HistoryService.Place place) {
    return GetStockAsOfResponse.newBuilder()
        .setStock(LevelAnswer.of(item, level))
        .setSince(since(since))
        .setAsOf(place.position())
        .setParkedChanges(place.parkedChanges(item))
        .build();
  }

  static dev.holdfast.proto.inventory.v1.Movement movement(Movement movement) {
    EventHeader header = movement.header();
    var response =
        dev.holdfast.proto.inventory.v1.Movement.newBuilder()
            .setSequence(header.sequence())
            .setTimeMillis(header.timeMillis())
            .setKindValue(header.facts().kind().number())
            .setOnHandDelta(movement.onHandDelta())
            .setReservedDelta(movement.reservedDelta())
            .setAfter(LevelAnswer.of(movement.item(), movement.after()))
            .setPrincipal(header.origin().principal())
            .setRequestId(header.origin().requestId())
            .setReference(header.reference())
            .setReservationId(header.facts().reservationId())
            .setReason(header.facts().reason());
    if (movement.before() != null) {
      response.setBefore(LevelAnswer.of(movement.item(), movement.before()));
    }
    return response.build();
  }

  static dev.holdfast.proto.inventory.v1.HistorySince since(HistorySince since) {
    return dev.holdfast.proto.inventory.v1.HistorySince.newBuilder()
        .setSequence(since.sequence())
        .setTimeMillis(since.timeMillis())
        .build();
  }
}
