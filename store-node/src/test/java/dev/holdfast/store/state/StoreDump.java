package dev.holdfast.store.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.store.testing.MemoryReplica;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksIterator;

/** Every row of every column family: two stores with the same dump hold the same. */
final class StoreDump {
  private StoreDump() {}

  static Map<String, String> of(StateStore store) {
    return store.read(
        db -> {
          Map<String, String> rows = new TreeMap<>();
          put(db, "meta", db.meta, rows);
          put(db, "stock", db.stock, rows);
          put(db, "reservations", db.reservations, rows);
          put(db, "receipts", db.receipts, rows);
          put(db, "events", db.events, rows);
          put(db, "transfers", db.transfers, rows);
          put(db, "handovers", db.handovers, rows);
          put(db, "channels", db.channels, rows);
          put(db, "expiries", db.expiries, rows);
          put(db, "holds", db.holds, rows);
          put(db, "leases", db.leases, rows);
          put(db, "stores", db.stores, rows);
          return rows;
        });
  }

  static long count(StateStore store, String family) {
    return of(store).keySet().stream().filter(key -> key.startsWith(family + " ")).count();
  }

  private static void put(
      PartitionDb db, String name, ColumnFamilyHandle family, Map<String, String> rows) {
    HexFormat hex = HexFormat.of();
    try (RocksIterator all = db.db().newIterator(family)) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        rows.put(name + " " + hex.formatHex(all.key()), hex.formatHex(all.value()));
      }
    }
  }

  private static Stream<Reservation.Open> open(MemoryReplica replica) {
    return replica.allReservations().values().stream()
        .filter(Reservation.Open.class::isInstance)
        .map(Reservation.Open.class::cast);
  }

  /** The store holds what the replica in memory holds, and nothing else. */
  static void assertSame(StateStore store, MemoryReplica replica) {
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
    assertThat(store.transfers().outbound(3)).isEqualTo(replica.transfers().outbound(3));
    assertThat(store.transfers().inbound(3)).isEqualTo(replica.transfers().inbound(3));
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
