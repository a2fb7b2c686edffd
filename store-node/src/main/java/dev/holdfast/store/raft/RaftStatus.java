package dev.holdfast.store.raft;

import org.jspecify.annotations.Nullable;

/** Tells how the Raft group of a replica stands. An index is 0 before the start. For any thread. */
public interface RaftStatus {
  /** The leader, as far as this node knows. */
  @Nullable String leader();

  /** The Raft term as of the last change of leadership. */
  long term();

  boolean isCandidate();

  /** Whether a member has answered lately; only the leader knows. */
  boolean isAlive(String nodeId);

  long lastLogIndex();

  long committedIndex();

  long appliedIndex();

  long snapshotIndex();

  /** The last event in the newest snapshot that was made or put in place since the start. */
  long snapshotSequence();
}
