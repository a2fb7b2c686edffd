package dev.holdfast.store.state;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/**
 * Reads that belong together: all of them at one place in the log, whatever is applied meanwhile.
 */
final class OneMoment {
  private OneMoment() {}

  /** Reads with the options that it is given, and with no others. */
  interface Reading<T extends @Nullable Object> {
    T read(PartitionDb db, ReadOptions moment) throws RocksDBException;
  }

  static <T extends @Nullable Object> T read(StateStore store, Reading<T> reading) {
    return store.read(
        db -> {
          Snapshot snapshot = db.db().getSnapshot();
          try (ReadOptions moment = new ReadOptions().setSnapshot(snapshot)) {
            return reading.read(db, moment);
          } catch (RocksDBException e) {
            throw new StateFault("reading failed: " + e.getMessage(), e);
          } finally {
            db.db().releaseSnapshot(snapshot);
          }
        });
  }

  /** The last event that the moment includes. */
  static long sequence(PartitionDb db, ReadOptions moment) {
    return AppliedState.of(db.get(db.meta, moment, StateKeys.APPLIED)).sequence();
  }
}
