package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.Happening;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.common.codec.EventKindCodec;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.inventory.v1.GetStockAsOfResponse;
import dev.holdfast.proto.inventory.v1.ListMovementsResponse;
import dev.holdfast.proto.inventory.v1.ViewPosition;
import java.util.List;

/** From movements to responses. */
final class HistoryAnswers {
  private final Ages ages;

  HistoryAnswers(Ages ages) {
    this.ages = ages;
  }

  ListMovementsResponse page(
      List<Movement> movements, String nextToken, HistorySince since, HistoryApi.Place place) {
    ListMovementsResponse.Builder response = ListMovementsResponse.newBuilder();
    movements.forEach(movement -> response.addMovements(movement(movement)));
    return response
        .setNextPageToken(nextToken)
        .setSince(since(since))
        .setAsOf(position(place))
        .build();
  }

  GetStockAsOfResponse asOf(
      StockKey item, StockLevel level, HistorySince since, HistoryApi.Place place) {
    return GetStockAsOfResponse.newBuilder()
        .setStock(Answers.level(item, level))
        .setSince(since(since))
        .setAsOf(position(place))
        .build();
  }

  private static dev.holdfast.proto.inventory.v1.Movement movement(Movement movement) {
    Happening happening = movement.happening();
    return dev.holdfast.proto.inventory.v1.Movement.newBuilder()
        .setSequence(happening.sequence())
        .setTimeMillis(happening.timeMillis())
        .setKind(EventKindCodec.toProto(happening.facts().kind()))
        .setOnHandDelta(movement.onHandDelta())
        .setReservedDelta(movement.reservedDelta())
        .setAfter(Answers.level(movement.item(), movement.after()))
        .setPrincipal(happening.origin().principal())
        .setRequestId(happening.origin().requestId())
        .setReference(happening.reference())
        .setReservationId(happening.facts().reservationId())
        .setReason(happening.facts().reason())
        .build();
  }

  private static dev.holdfast.proto.inventory.v1.HistorySince since(HistorySince since) {
    return dev.holdfast.proto.inventory.v1.HistorySince.newBuilder()
        .setSequence(since.sequence())
        .setTimeMillis(since.timeMillis())
        .build();
  }

  private ViewPosition position(HistoryApi.Place place) {
    Cursor cursor = place.cut().cursor(place.partition());
    return ViewPosition.newBuilder()
        .setPartition(place.partition())
        .setSequence(cursor.sequence())
        .setAgeMillis(ages.millis(place.partition()))
        .setUntrusted(cursor.trust().untrusted())
        .build();
  }
}
