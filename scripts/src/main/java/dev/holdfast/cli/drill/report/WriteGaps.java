package dev.holdfast.cli.drill.report;

import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.Fields;
import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The times in which callers wrote to a partition and none was told of a new decision: to the
 * millisecond, each partition by itself, since one without a leader is down while the others work.
 * A rejection that the log records is a decision too; an outcome that was told again is not new.
 * For one thread.
 */
final class WriteGaps {
  /**
   * A time without a decided write.
   *
   * @param fromMillis since the begin of the drill; the last decision
   * @param toMillis the next decision, or the last end of a write when there was none
   */
  record Gap(int partition, long fromMillis, long toMillis) {
    long millis() {
      return toMillis - fromMillis;
    }

    /** The part of it that lies between two times. */
    long millisWithin(long from, long to) {
      return Math.min(toMillis, to) - Math.max(fromMillis, from);
    }
  }

  /** Refusals that the log does not record; see inventory.proto. */
  private static final Set<String> NOT_IN_LOG =
      Set.of(
          Reason.VALIDATION.name(),
          Reason.IDEMPOTENCY_KEY_REUSED.name(),
          Reason.LOCKED.name(),
          Reason.STALE_TOKEN.name(),
          Reason.TOO_MANY_LEASES.name(),
          Reason.COUNT_OVERTAKEN.name(),
          Reason.COUNT_TOO_OLD.name());

  private final Map<String, Integer> partitions = new HashMap<>();
  private final Map<Integer, BitSet> decided = new TreeMap<>();
  private final Map<Integer, Long> lastEnds = new HashMap<>();

  /** Adds the end of a command. */
  void add(Call command, long endMillis) {
    Position position = command.outcome().position();
    String store = Fields.store(command.request());
    if (position != null) {
      partitions.putIfAbsent(store, position.getPartition());
    }
    Integer partition = partitions.get(store);
    if (partition == null) {
      return;
    }
    lastEnds.merge(partition, endMillis, Math::max);
    if (isNewlyDecided(command.outcome())) {
      decided.computeIfAbsent(partition, first -> new BitSet()).set((int) endMillis);
    }
  }

  private static boolean isNewlyDecided(Outcome outcome) {
    if (outcome instanceof Outcome.Answered answered) {
      return Fields.message(answered.answer(), "earlier") == null;
    }
    return outcome instanceof Outcome.Refused refused
        && !NOT_IN_LOG.contains(refused.reason())
        && !refused.details().containsKey(Refusal.DECIDED_MILLIS);
  }

  /** All gaps of at least so many milliseconds, by partition and time. */
  List<Gap> atLeast(long millis) {
    List<Gap> gaps = new ArrayList<>();
    decided.forEach((partition, times) -> addGaps(partition, times, millis, gaps));
    return gaps;
  }

  private void addGaps(int partition, BitSet times, long millis, List<Gap> gaps) {
    int from = times.nextSetBit(0);
    while (from >= 0) {
      int next = times.nextSetBit(from + 1);
      long to = next >= 0 ? next : lastEnds.getOrDefault(partition, 0L);
      if (to - from >= millis) {
        gaps.add(new Gap(partition, from, to));
      }
      from = next;
    }
  }
}
