package dev.holdfast.aggregator.ingest;

import com.google.common.hash.HashCode;
import dev.holdfast.common.domain.EventBatch;

/** A message of a feed. */
public sealed interface FeedMessage {
  /** Encoded bytes, as counted against the feed window. */
  int bytes();

  /**
   * A batch of the log, and the SHA-256 of its bytes.
   *
   * @param encoded its bytes, from which an event can be taken that is to be kept as it is
   */
  @SuppressWarnings("ArrayRecordComponent") // a message is never compared
  record Batch(EventBatch batch, HashCode hash, byte[] encoded) implements FeedMessage {
    @Override
    public int bytes() {
      return encoded.length;
    }
  }

  /** Nothing happened: the replica has nothing behind this sequence. */
  record Heartbeat(long replicaSequence) implements FeedMessage {
    @Override
    public int bytes() {
      return 0;
    }
  }

  /** Bytes that this build cannot read as a batch. */
  record Unreadable(FeedDefect defect, int bytes) implements FeedMessage {
    public static Unreadable corrupt(String why, int bytes) {
      return new Unreadable(new FeedDefect(FeedDefect.Kind.CORRUPT, why), bytes);
    }

    public static Unreadable newer(String why, int bytes) {
      return new Unreadable(new FeedDefect(FeedDefect.Kind.NEEDS_NEWER_BUILD, why), bytes);
    }
  }
}
