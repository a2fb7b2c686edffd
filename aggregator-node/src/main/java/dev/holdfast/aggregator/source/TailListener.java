package dev.holdfast.aggregator.source;

/** Receives the news of tails, on their thread. Must not wait. */
public interface TailListener {
  /** The status of a tail changed. */
  void changed();

  /** The events behind the view are gone from the log of a partition. */
  void truncated(int partition);
}
