package dev.holdfast.store.raft;

/** What applying tells of itself. */
public interface ApplyMetrics {
  /** Some entries were written to the state as one, which took so long. */
  void applied(long nanos);

  /** A snapshot was made, or failed. */
  void snapshot(boolean made);
}
