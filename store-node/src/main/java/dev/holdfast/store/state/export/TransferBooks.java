package dev.holdfast.store.state.export;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.PartitionDb;
import dev.holdfast.store.state.db.StateRecords;
import dev.holdfast.store.state.fault.StateFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.ReadOptions;

/**
 * A partition's account of its transfers, at the place where its records are pinned.
 *
 * @param inTransit units that are outstanding or arriving
 * @param outbound by destination partition
 * @param inbound by source partition
 */
public record TransferBooks(
    long inTransit, Map<Integer, Outbound> outbound, Map<Integer, InboundChannel> inbound) {

  /**
   * What was handed over to another partition.
   *
   * @param pendingUnits of the hand-overs that are not settled, in their order
   */
  public record Outbound(OutboundChannel channel, List<Long> pendingUnits) {}

  /**
   * Reads the books.
   *
   * @throws PinnedState.ReleasedException when the records were let go
   */
  public static TransferBooks of(PinnedState pinned) {
    return pinned.read(TransferBooks::of);
  }

  private static TransferBooks of(PartitionDb db, ReadOptions snapshot) {
    Map<Integer, Outbound> outbound = new TreeMap<>();
    Map<Integer, InboundChannel> inbound = new TreeMap<>();
    db.table(Family.CHANNELS)
        .forEach(
            snapshot,
            (key, record) -> {
              int partition = key.partition();
              if (key.isOutbound()) {
                OutboundChannel channel = StateRecords.OUTBOUND.decode(record);
                List<Long> pending = pending(db, snapshot, partition, channel);
                outbound.put(partition, new Outbound(channel, pending));
              } else {
                inbound.put(partition, StateRecords.INBOUND.decode(record));
              }
            });
    return new TransferBooks(inTransit(db, snapshot), outbound, inbound);
  }

  private static List<Long> pending(
      PartitionDb db, ReadOptions snapshot, int partition, OutboundChannel channel) {
    List<Long> units = new ArrayList<>();
    for (long number = channel.settled() + 1; number <= channel.last(); number++) {
      HandoverKey key = new HandoverKey(partition, number);
      Handover handover = db.table(Family.HANDOVERS).get(snapshot, key);
      if (handover == null) {
        throw new StateFault("hand-over " + number + " to partition " + partition + " is gone");
      }
      units.add(handover.units());
    }
    return units;
  }

  private static long inTransit(PartitionDb db, ReadOptions snapshot) {
    long[] units = {0};
    db.table(Family.TRANSFERS)
        .forEach(snapshot, (key, transfer) -> units[0] += transfer.inTransit());
    return units[0];
  }
}
