package dev.holdfast.common.failpoint;

/**
 * The places at which a test can crash, delay or fail a node: on both sides of whatever must not be
 * half done. Without the property {@link FailPoints#PROPERTY} the compiler removes them.
 */
public enum FailPoint {
  // deciding and proposing
  COMMANDS_DRAINED,
  BATCH_DECIDED,
  BATCH_PROPOSED,
  FATE_KNOWN,
  ANSWERS_TOLD,
  // Raft's log and votes
  LOG_APPEND,
  LOG_APPENDED,
  LOG_TRUNCATE,
  VOTE_SAVED,
  LEADERSHIP_GAINED,
  LEADERSHIP_LOST,
  READ_CONFIRMED,
  // applying
  ENTRY_APPLY,
  STATE_WRITE,
  STATE_WRITTEN,
  RECEIPTS_EVICT,
  LOG_TRIM,
  LOG_TRIMMED,
  // snapshots
  CHECKPOINT_MADE,
  SNAPSHOT_SCRUBBED,
  SNAPSHOT_SEALED,
  SNAPSHOT_VERIFIED,
  INSTALL_LINKED,
  INSTALL_CLOSED,
  INSTALL_POINTED,
  SEALED_FILE_SYNCED,
  SEALED_FILE_MOVED,
  // membership
  CLUSTER_FOUNDED,
  INCARNATION_GRANTED,
  INCARNATION_TAKEN,
  SEAT_ASKED,
  LEARNER_ADD,
  SEAT_CHANGE,
  // timers and transfers
  EXPIRY_DUE,
  EVICTION_DUE,
  HANDOVER_SEND,
  HANDOVER_CREDIT,
  HANDOVER_ANSWERED,
  // calls and feeds
  CALL_FORWARDED,
  FEED_SEND,
  EXPORT_PINNED,
  EXPORT_PAGE,
  // the aggregator
  FEED_RECEIVED,
  VIEW_WRITE,
  VIEW_WRITTEN,
  LETTERS_RETRIED,
  PART_HELD,
  REBUILD_BEGUN,
  RUN_WRITTEN,
  RUN_TAKEN_IN,
  TOTALS_CORRECTED,
  PART_REPLACE,
  PART_REPLACED,
  HISTORY_SWEPT;

  /** Does what the plan has for this place: most often nothing. */
  public void reach() {
    if (FailPoints.ON) {
      FailPoints.reached(this);
    }
  }
}
