package dev.holdfast.store.api.read;

import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.raft.ReadBarrier;
import org.jspecify.annotations.Nullable;

/** Tells how current a replica is, and makes it current. */
interface Freshness {
  int partition();

  /** Why the replica stopped; null while it has not. */
  @Nullable String fault();

  /** Nanoseconds since it was last known to be current; Long.MAX_VALUE when never. */
  long stalenessNanos();

  /** Confirms it anew. Never blocks. */
  void await(ReadBarrier.Waiting read);

  static Freshness of(PartitionReplica replica) {
    return new Freshness() {
      @Override
      public int partition() {
        return replica.partition();
      }

      @Override
      public @Nullable String fault() {
        return replica.fault();
      }

      @Override
      public long stalenessNanos() {
        return replica.stalenessNanos();
      }

      @Override
      public void await(ReadBarrier.Waiting read) {
        replica.await(read);
      }
    };
  }
}
