package dev.holdfast.common.client;

import java.time.Duration;

/** Reads the logs of a cluster's partitions. Made by {@link HoldfastClient#feed()}. */
public final class FeedClient {
  private final Connections connections;
  private final Duration budget;

  FeedClient(Connections connections, Duration budget) {
    this.connections = connections;
    this.budget = budget;
  }

  /**
   * Starts to read a log.
   *
   * @param fromSequence the first event wanted, at least 1; the first batch contains it
   */
  public LogReader read(int partition, long fromSequence, LogListener listener) {
    return new LogReader(partition, fromSequence, listener, connections, budget).start();
  }
}
