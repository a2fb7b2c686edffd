package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.view.HistoryPage;
import dev.holdfast.aggregator.view.RefusedCommand;
import dev.holdfast.common.codec.RejectionCodec;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import dev.holdfast.proto.inventory.v1.FindHistoryResponse;
import dev.holdfast.proto.inventory.v1.HistoryEntry;
import dev.holdfast.proto.inventory.v1.Refusal;
import dev.holdfast.proto.log.v1.CommandRejected;
import java.util.List;
import java.util.Objects;

/** From what was found in the history to responses. */
final class HistorySearchAnswers {
  /** Tag and length of an entry in a page. */
  private static final int TAG_BYTES = 5;

  private HistorySearchAnswers() {}

  static FindHistoryResponse.Builder page(
      FindHistoryRequest request,
      HistorySearchMapper.Page page,
      PartitionMap map,
      ViewReading reading) {
    HistoryPage found =
        reading.cut().find(page.search(), map::partitionOf, page.after(), page.size());
    var response = FindHistoryResponse.newBuilder();
    byte[] next = add(response, found, map);
    if (next.length > 0) {
      response.setNextPageToken(RequestToken.of(HistorySearchMapper.sameOf(request), next));
    }
    long parked = 0;
    for (int partition = 0; partition < map.partitionCount(); partition++) {
      response.addSince(HistoryAnswers.since(reading.cut().historySince(partition)));
      parked += reading.isPartial() ? 0 : reading.cut().parkedChanges(partition);
    }
    return response
        .addAllAsOf(reading.positions())
        .setParkedChanges(parked)
        .setPartial(reading.isPartial());
  }

  /** Adds as many as fit; tells where the next page goes on. */
  private static byte[] add(
      FindHistoryResponse.Builder response, HistoryPage found, PartitionMap map) {
    byte[] last = new byte[0];
    long bytes = 0;
    List<HistoryPage.Entry> entries = found.entries();
    for (HistoryPage.Entry each : entries) {
      HistoryEntry entry = entry(each, map);
      bytes += entry.getSerializedSize() + TAG_BYTES;
      if (bytes > GlobalStockService.ANSWER_BYTES_MAX) {
        return last;
      }
      response.addEntries(entry);
      last = each.place();
    }
    return found.last();
  }

  private static HistoryEntry entry(HistoryPage.Entry entry, PartitionMap map) {
    if (entry.movement() != null) {
      return HistoryEntry.newBuilder()
          .setPartition(map.partitionOf(entry.movement().item().store()))
          .setMovement(HistoryAnswers.movement(entry.movement()))
          .build();
    }
    RefusedCommand refused = Objects.requireNonNull(entry.refused());
    return HistoryEntry.newBuilder()
        .setPartition(map.partitionOf(refused.event().store()))
        .setRefusal(refusal(refused))
        .build();
  }

  /** The numbers mean what they mean in the log. */
  private static Refusal refusal(RefusedCommand refused) {
    CommandRejected facts = RejectionCodec.toProto(refused.event().rejection()).build();
    return Refusal.newBuilder()
        .setSequence(refused.header().sequence())
        .setTimeMillis(refused.header().timeMillis())
        .setStore(refused.event().store())
        .setSku(facts.getSku())
        .setReason(refused.event().rejection().code().name())
        .setReservationId(refused.event().reservationId())
        .setRequested(facts.getRequested())
        .setAvailable(facts.getAvailable())
        .setHeld(facts.getHeld())
        .setExpectedVersion(facts.getExpectedVersion())
        .setActualVersion(facts.getActualVersion())
        .setCommand(refused.event().command().name())
        .setPrincipal(refused.header().origin().principal())
        .setRequestId(refused.header().origin().requestId())
        .setReference(refused.header().reference())
        .build();
  }
}
