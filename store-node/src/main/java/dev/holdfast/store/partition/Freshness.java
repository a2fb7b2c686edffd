package dev.holdfast.store.partition;

import dev.holdfast.store.raft.ReadBarrier;
import org.jspecify.annotations.Nullable;

/** Tells how current a replica is, and makes it current. */
public interface Freshness {
  int partition();

  /** Why the replica stopped; null while it has not. */
  @Nullable String fault();

  /** Nanoseconds since it was last known to be current; Long.MAX_VALUE when never. */
  long stalenessNanos();

  /** Confirms it anew. Never blocks. */
  void await(ReadBarrier.Waiting read);
}
