package dev.holdfast.store.state;

import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * What a partition says of its transfers, at the place where its records are pinned.
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

  private static TransferBooks of(PartitionDb db, ReadOptions options) throws RocksDBException {
    Map<Integer, Outbound> outbound = new TreeMap<>();
    Map<Integer, InboundChannel> inbound = new TreeMap<>();
    try (RocksIterator channels = db.db().newIterator(db.channels, options)) {
      for (channels.seekToFirst(); channels.isValid(); channels.next()) {
        ByteBuffer key = ByteBuffer.wrap(channels.key());
        boolean isOutbound = key.get() == StateKeys.OUTBOUND;
        int partition = key.getInt();
        if (isOutbound) {
          OutboundChannel channel = TransferRecords.outbound(channels.value());
          outbound.put(partition, new Outbound(channel, pending(db, options, partition, channel)));
        } else {
          inbound.put(partition, TransferRecords.inbound(channels.value()));
        }
      }
      channels.status();
    }
    return new TransferBooks(inTransit(db, options), outbound, inbound);
  }

  private static List<Long> pending(
      PartitionDb db, ReadOptions options, int partition, OutboundChannel channel) {
    List<Long> units = new ArrayList<>();
    for (long number = channel.settled() + 1; number <= channel.last(); number++) {
      byte[] key = StateKeys.of(new HandoverKey(partition, number));
      byte[] value = db.get(db.handovers, options, key);
      if (value == null) {
        throw new StateFault("hand-over " + number + " to partition " + partition + " is gone");
      }
      units.add(TransferRecords.handover(value).units());
    }
    return units;
  }

  private static long inTransit(PartitionDb db, ReadOptions options) throws RocksDBException {
    long units = 0;
    try (RocksIterator transfers = db.db().newIterator(db.transfers, options)) {
      for (transfers.seekToFirst(); transfers.isValid(); transfers.next()) {
        units += TransferRecords.transfer(transfers.value()).inTransit();
      }
      transfers.status();
    }
    return units;
  }
}
