package dev.holdfast.store.raft;

/** What applying tells of itself. */
public interface ApplyMetrics {
  /** Some entries were written to the state as one, which took so long. */
  void applied(long nanos);

  /** So many digests of the log were compared with this replica's own, and agreed. */
  void digestsChecked(int digests);

  /** This replica's state is not what the log says. */
  void digestFault();

  /** A checkpoint was read back, which took so long. */
  void scrubbed(long nanos);

  /** A snapshot was made, or failed. */
  void snapshot(boolean made);
}
