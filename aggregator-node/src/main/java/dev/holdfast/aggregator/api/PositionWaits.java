package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Answers that wait until the view includes some positions. Takes no thread to wait. Futures are
 * completed by the writer thread, so what follows has to go on elsewhere. For any thread.
 */
final class PositionWaits implements ViewProgress.Listener {
  private final ViewProgress progress;
  private final int waitsMax;
  private final Map<Integer, NavigableMap<Long, Set<Wait>>> byPartition = new HashMap<>();
  private int waiting;

  PositionWaits(ViewProgress progress, int waitsMax) {
    this.progress = progress;
    this.waitsMax = waitsMax;
  }

  /** One answer, and what the view still has to include for it. */
  private static final class Wait {
    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final Map<Integer, Long> missing;

    Wait(Map<Integer, Long> missing) {
      this.missing = missing;
    }
  }

  /**
   * Waits for positions, by partition.
   *
   * @return completes when the view includes them all; fails with a TimeoutException when it does
   *     not in time, or with OVERLOADED when too many wait already; cancelling it gives up
   */
  CompletableFuture<Void> reached(Map<Integer, Long> positions, Duration within) {
    Wait wait;
    synchronized (this) {
      wait = new Wait(missing(positions));
      if (wait.missing.isEmpty()) {
        return CompletableFuture.completedFuture(null);
      }
      if (waiting >= waitsMax) {
        return CompletableFuture.failedFuture(
            Statuses.exception(
                Statuses.of(Reason.OVERLOADED, "too many answers wait for the view")));
      }
      add(wait);
    }
    var unused = wait.reached.whenComplete((done, failure) -> remove(wait));
    return wait.reached.orTimeout(within.toNanos(), TimeUnit.NANOSECONDS);
  }

  private Map<Integer, Long> missing(Map<Integer, Long> positions) {
    Map<Integer, Long> missing = new HashMap<>();
    positions.forEach(
        (partition, sequence) -> {
          if (sequence > progress.of(partition).cursor().sequence()) {
            missing.put(partition, sequence);
          }
        });
    return missing;
  }

  private void add(Wait wait) {
    waiting++;
    wait.missing.forEach(
        (partition, sequence) ->
            byPartition
                .computeIfAbsent(partition, any -> new TreeMap<>())
                .computeIfAbsent(sequence, any -> new HashSet<>())
                .add(wait));
  }

  private synchronized void remove(Wait wait) {
    waiting--;
    wait.missing.forEach(
        (partition, sequence) -> {
          NavigableMap<Long, Set<Wait>> waits =
              byPartition.getOrDefault(partition, new TreeMap<>());
          Set<Wait> atSequence = waits.getOrDefault(sequence, new HashSet<>());
          atSequence.remove(wait);
          if (atSequence.isEmpty()) {
            waits.remove(sequence);
          }
        });
  }

  @Override
  public void advanced(int partition, long sequence) {
    included(partition, sequence).forEach(wait -> wait.reached.complete(null));
  }

  /** Takes out the waits that miss nothing any more. */
  private synchronized List<Wait> included(int partition, long sequence) {
    NavigableMap<Long, Set<Wait>> waits = byPartition.get(partition);
    if (waits == null || waits.isEmpty()) {
      return List.of();
    }
    List<Wait> complete = new ArrayList<>();
    NavigableMap<Long, Set<Wait>> reached = waits.headMap(sequence, true);
    for (Set<Wait> atSequence : reached.values()) {
      for (Wait wait : atSequence) {
        wait.missing.remove(partition);
        if (wait.missing.isEmpty()) {
          complete.add(wait);
        }
      }
    }
    reached.clear();
    return complete;
  }

  synchronized int waiting() {
    return waiting;
  }
}
