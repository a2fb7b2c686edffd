package dev.holdfast.aggregator.ingest;

import com.google.common.hash.HashCode;
import dev.holdfast.common.domain.EventBatch;

/** What a feed delivers. */
public sealed interface FeedMessage {
  /** Encoded bytes, as counted against the feed window. */
  int bytes();

  /** A batch of the log, and the SHA-256 of its bytes. */
  record Batch(EventBatch batch, HashCode hash, Arrival arrival, int bytes)
      implements FeedMessage {}

  /** Nothing happened. */
  record Heartbeat(Arrival arrival) implements FeedMessage {
    @Override
    public int bytes() {
      return 0;
    }
  }

  /** Bytes that are no batch. */
  record Unreadable(String why, int bytes) implements FeedMessage {}
}
