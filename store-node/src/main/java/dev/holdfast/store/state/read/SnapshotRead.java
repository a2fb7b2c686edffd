package dev.holdfast.store.state.read;

import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.PartitionDb;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.Snapshot;

/** Reads that belong together: all at one place in the log, whatever is applied meanwhile. */
final class SnapshotRead {
  private SnapshotRead() {}

  /** Reads with the options that the reading is given, and with no others. */
  static <T extends @Nullable Object> T of(
      StateReads state, BiFunction<PartitionDb, ReadOptions, T> reading) {
    return state.read(
        db -> {
          Snapshot snapshot = db.db().getSnapshot();
          try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
            return reading.apply(db, options);
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
