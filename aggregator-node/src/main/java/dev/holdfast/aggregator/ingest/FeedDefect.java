package dev.holdfast.aggregator.ingest;

/** Something that a healthy replica does not send. Never applied. */
public record FeedDefect(Kind kind, String detail) {
  /** What is wrong. */
  public enum Kind {
    /** Events between the cursor and the batch are missing. */
    GAP,
    /** The batch does not follow on what the view includes: the history is another one. */
    BROKEN_CHAIN,
    /** The bytes are no batch of this partition that this build can read. */
    CORRUPT,
    /** The batch holds, around its events, what this build does not know. */
    NEEDS_NEWER_BUILD,
    /** The events after the cursor are gone from the replica's log. */
    HISTORY_TRUNCATED,
    /** The replica's log ends before the cursor. */
    AHEAD_OF_LOG
  }
}
