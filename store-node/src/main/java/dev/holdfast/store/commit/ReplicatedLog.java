package dev.holdfast.store.commit;

import java.util.function.Consumer;

/** The log that a partition's batches go through. Raft in production, a scripted one in tests. */
public interface ReplicatedLog {
  /** What became of a proposal. */
  enum Fate {
    /** Committed, and applied on this replica. */
    APPLIED,
    /** Committed, and passed over by every replica, since something before it was lost. */
    DISCARDED,
    /** Never reached the log. */
    NOT_APPENDED,
    /** May or may not be committed one day. */
    UNKNOWN
  }

  /**
   * Proposes an encoded batch in a term. The fate is told once, on any thread, perhaps before this
   * returns.
   */
  void propose(long term, byte[] encodedBatch, Consumer<Fate> fate);

  /**
   * Asks a majority whether this member still leads in a term. If so, nothing that it had not
   * applied when asked was acknowledged by another leader. Told once, on any thread, perhaps before
   * this returns.
   */
  void confirm(long term, Consumer<Boolean> leads);

  /** Deciding failed and will not go on here: lets another member lead. On the loop's thread. */
  void resign();
}
