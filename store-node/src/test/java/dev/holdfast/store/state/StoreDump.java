package dev.holdfast.store.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.store.state.db.Cursor;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.PartitionDb;
import dev.holdfast.store.testing.MemoryReplica;
import dev.holdfast.store.testing.TransferRequests;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every row of every column family: two stores with the same dump hold the same. */
public final class StoreDump {
  private StoreDump() {}

  public static Map<String, String> of(StateStore store) {
    return store.read(
        db -> {
          Map<String, String> rows = new TreeMap<>();
          boolean isSealed = store.encryption().isOn();
          Family.all().forEach(family -> put(db, family, isSealed, rows));
          return rows;
        });
  }

  public static long count(StateStore store, String family) {
    return of(store).keySet().stream().filter(key -> key.startsWith(family + " ")).count();
  }

  private static void put(
      PartitionDb db, Family<?, ?> family, boolean isSealed, Map<String, String> rows) {
    HexFormat hex = HexFormat.of();
    try (Cursor<?, ?> all = db.table(family).scan(db.latest())) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        // The keys of receipts are hashed by a secret of their database: there the value is enough.
        boolean hashed = family == Family.RECEIPTS && isSealed;
        byte[] key = hashed ? all.valueBytes() : all.keyBytes();
        rows.put(family.columnFamily() + " " + hex.formatHex(key), hex.formatHex(all.valueBytes()));
      }
    }
  }

  private static Stream<Reservation.Open> open(MemoryReplica replica) {
    return replica.allReservations().values().stream()
        .filter(Reservation.Open.class::isInstance)
        .map(Reservation.Open.class::cast);
  }

  /** The store holds what the replica in memory holds, and nothing else. */
  public static void assertSame(StateStore store, MemoryReplica replica) {
    replica.allStock().forEach((key, level) -> assertThat(store.stock(key)).isEqualTo(level));
    replica
        .allReservations()
        .forEach((key, held) -> assertThat(store.reservation(key)).isEqualTo(held));
    replica
        .allReceipts()
        .forEach((key, receipt) -> assertThat(store.receipt(key)).isEqualTo(receipt));
    replica
        .transfers()
        .all()
        .forEach(
            (key, transfer) -> assertThat(store.transfers().transfer(key)).isEqualTo(transfer));
    replica
        .transfers()
        .allHandovers()
        .forEach(
            (key, handover) -> assertThat(store.transfers().handover(key)).isEqualTo(handover));
    for (int other = 0; other <= TransferRequests.OTHER_PARTITION; other++) {
      assertThat(store.transfers().outbound(other)).isEqualTo(replica.transfers().outbound(other));
      assertThat(store.transfers().inbound(other)).isEqualTo(replica.transfers().inbound(other));
    }
    assertThat(store.leases().all()).isEqualTo(replica.leases().all());
    assertThat(store.frozenStores()).isEqualTo(replica.frozenStores());
    assertThat(count(store, "transfers")).isEqualTo(replica.transfers().all().size());
    assertThat(count(store, "handovers")).isEqualTo(replica.transfers().allHandovers().size());
    assertThat(count(store, "stock")).isEqualTo(replica.allStock().size());
    assertThat(count(store, "reservations")).isEqualTo(replica.allReservations().size());
    assertThat(count(store, "expiries")).isEqualTo(open(replica).count());
    assertThat(count(store, "holds"))
        .isEqualTo(open(replica).mapToLong(open -> open.lines().size()).sum());
    assertThat(count(store, "receipts")).isEqualTo(replica.allReceipts().size());
    assertThat(store.applied().receiptsCount()).isEqualTo(replica.allReceipts().size());
    assertThat(store.applied().sequence()).isEqualTo(replica.sequence());
    assertThat(store.logEnd().digests()).isEqualTo(replica.logEnd().digests());
    for (long sequence = 1; sequence <= replica.sequence(); sequence++) {
      assertThat(store.past(sequence).event()).isEqualTo(replica.event(sequence));
    }
  }
}
