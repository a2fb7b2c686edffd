package dev.holdfast.store.raft;

/** The meters of applying. */
public interface ApplyMetrics {
  /** Counts entries that were written to the state as one, and the time it took. */
  void applied(long nanos);

  /** Counts digests of the log that agreed with this replica's own. */
  void digestsChecked(int digests);

  /** Counts a state that differs from the log's digest. */
  void digestFault();

  /** Counts a checkpoint that was read back, and the time it took. */
  void scrubbed(long nanos);

  /** Counts a snapshot, made or failed. */
  void snapshot(boolean made);
}
