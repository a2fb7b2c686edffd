package dev.holdfast.store.feed;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.store.partition.PartitionReplica;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells whether a replica's log can be read from a sequence on. */
final class LogBounds {
  private LogBounds() {}

  /** Why not, or null when it can. */
  static @Nullable Refusal refusal(PartitionReplica replica, long from) {
    String fault = replica.fault();
    if (fault != null) {
      return new Refusal(Reason.NO_LEADER, "this replica is stopped: " + fault);
    }
    long next = replica.state().logEnd().sequence() + 1;
    if (from > next) {
      return new Refusal(
          Reason.AHEAD_OF_LOG,
          "this replica's next sequence is " + next,
          place(replica, Refusal.NEXT_SEQUENCE, next));
    }
    long earliest = replica.state().earliestSequence();
    return from < earliest ? truncated(replica, earliest) : null;
  }

  static Refusal truncated(PartitionReplica replica, long earliest) {
    return new Refusal(
        Reason.HISTORY_TRUNCATED,
        "events of partition " + replica.partition() + " before sequence " + earliest + " are gone",
        place(replica, Refusal.EARLIEST_SEQUENCE, earliest));
  }

  private static Map<String, String> place(PartitionReplica replica, String key, long sequence) {
    return Map.of(
        Refusal.PARTITION, Integer.toString(replica.partition()), key, Long.toString(sequence));
  }
}
