package dev.holdfast.store.state;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/** Reads that belong together: all at one place in the log, whatever is applied meanwhile. */
final class SnapshotRead {
  private SnapshotRead() {}

  /** Reads with the options that it is given, and with no others. */
  interface Reading<T extends @Nullable Object> {
    T read(PartitionDb db, ReadOptions snapshot);
  }

  static <T extends @Nullable Object> T of(StateStore store, Reading<T> reading) {
    return store.read(
        db -> {
          Snapshot snapshot = db.db().getSnapshot();
          try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
            return reading.read(db, options);
          } finally {
            db.db().releaseSnapshot(snapshot);
          }
        });
  }

  /** The last event that a snapshot includes. */
  static long sequence(PartitionDb db, ReadOptions snapshot) {
    return AppliedState.of(db, snapshot).sequence();
  }
}
