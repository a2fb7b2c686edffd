package dev.holdfast.store.state;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.state.DigestProgress;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.PartitionDb;
import dev.holdfast.store.state.db.RocksMemory;
import dev.holdfast.store.state.db.StateKeys;
import dev.holdfast.store.state.db.StateRecords;
import dev.holdfast.store.state.read.StateReads;
import dev.holdfast.store.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.WriteBatch;

/** Changes a database behind the back of its store. */
public final class Tampering {
  private Tampering() {}

  /** Writes a stock record that no event led to. */
  public static void write(StateReads store, StockKey item, StockLevel level) {
    store.read(db -> put(db, Family.STOCK, StateKeys.of(item), StateRecords.encode(level)));
  }

  /** Writes what no event says that a reservation holds into the index. */
  public static void writeHold(
      StateStore store, StockKey item, String reservationId, long quantity) {
    byte[] units = StateRecords.ofUnits(quantity);
    store.read(db -> put(db, Family.HOLDS, StateKeys.ofHold(item, reservationId), units));
  }

  /** Makes a reservation look as if it had been released. */
  public static void closeReservation(StateStore store, ReservationKey key) {
    byte[] closed = StateRecords.encode(new Reservation.Closed(Reservation.State.RELEASED));
    store.read(db -> put(db, Family.RESERVATIONS, StateKeys.of(key), closed));
  }

  /** Flips a bit of the digest that a stopped node keeps with its applied state. */
  public static void flipDigest(Path state) throws IOException {
    try (RocksMemory memory = new RocksMemory(8 << 20, 32 << 20);
        StateStore store = StateStore.open(state, memory, TestKeys.usual())) {
      AppliedState applied = store.applied();
      StateDigest right = applied.digests().current();
      StateDigest flipped =
          new StateDigest(
              right.low() ^ 1,
              right.high(),
              right.records(),
              right.onHand(),
              right.reserved(),
              right.netShipped());
      AppliedState wrong =
          new AppliedState(
              applied.raftIndex(),
              applied.raftTerm(),
              applied.sequence(),
              applied.timeMillis(),
              applied.batchHash(),
              applied.receiptsEvictedThrough(),
              applied.receiptsCount(),
              new DigestProgress(flipped, applied.digests().recordedAt()));
      store.read(db -> put(db, Family.META, StateKeys.APPLIED, wrong.encode()));
    }
  }

  /** Gives the state of a stopped node the format of a newer build. */
  public static void raiseFormat(Path state) throws IOException {
    try (RocksMemory memory = new RocksMemory(8 << 20, 32 << 20);
        StateStore store = StateStore.open(state, memory, TestKeys.usual())) {
      store.read(db -> put(db, Family.META, StateKeys.FORMAT, new byte[] {4}));
    }
  }

  /** Writes a row as it is. */
  public static boolean put(PartitionDb db, Family<?, ?> family, byte[] key, byte[] value) {
    try (WriteBatch batch = new WriteBatch()) {
      db.table(family).putEncoded(batch, key, value);
      db.write(batch);
      return true;
    }
  }
}
