package dev.holdfast.aggregator.proof;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides when a part is rebuilt without being asked: at once, but with pauses for a part that is
 * found to differ again and again, as by a bug. A failed rebuild is tried again soon. For the
 * prover's thread.
 */
final class RebuildSchedule {
  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  private static final Duration RETRY_PAUSE_MAX = Duration.ofSeconds(10);
  private static final Duration RELAPSE_PAUSE_MAX = Duration.ofMinutes(5);
  private static final double PAUSE_FACTOR = 2;

  /** A part that stayed right for so long starts anew. */
  private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);

  private final IntervalFunction retries =
      IntervalFunction.ofExponentialRandomBackoff(PAUSE_MIN, PAUSE_FACTOR, RETRY_PAUSE_MAX);
  private final IntervalFunction relapses =
      IntervalFunction.ofExponentialRandomBackoff(PAUSE_MIN, PAUSE_FACTOR, RELAPSE_PAUSE_MAX);
  private final Map<Integer, History> byPartition = new HashMap<>();

  /**
   * How often a part had to be mended lately.
   *
   * @param failures tries since it was last mended
   */
  private record History(int mended, int failures, long lastNanos) {
    static final History NONE = new History(0, 0, 0);
  }

  /** How long to wait before a part is mended that was found to differ now. */
  Duration found(int partition, long nowNanos) {
    History before = byPartition.getOrDefault(partition, History.NONE);
    boolean forgiven = nowNanos - before.lastNanos() >= FORGIVEN_AFTER.toNanos();
    int mended = forgiven ? 0 : before.mended();
    byPartition.put(partition, new History(mended, 0, nowNanos));
    return mended == 0 ? Duration.ZERO : Duration.ofMillis(relapses.apply(mended));
  }

  /** How long to wait after a try that failed. */
  Duration failed(int partition) {
    History before = byPartition.getOrDefault(partition, History.NONE);
    int failures = before.failures() + 1;
    byPartition.put(partition, new History(before.mended(), failures, before.lastNanos()));
    return Duration.ofMillis(retries.apply(failures));
  }

  void mended(int partition, long nowNanos) {
    History before = byPartition.getOrDefault(partition, History.NONE);
    byPartition.put(partition, new History(before.mended() + 1, 0, nowNanos));
  }

  /** Tries that failed since the part was last mended. */
  int failures(int partition) {
    return byPartition.getOrDefault(partition, History.NONE).failures();
  }
}
