package dev.holdfast.cli.imports;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * The bounds of an import.
 *
 * @param lanesPerPartition batches in flight per partition
 * @param batchCommandsMax commands of a batch
 * @param linesWaitingMax lines that are read but not decided; at this number the reader waits
 * @param patience how long a batch may stay undecided before the import gives up
 * @param backoff milliseconds before a batch is sent again, by the number of its tries
 * @param rounds number of times that refused lines are retried under new keys
 */
record LaneLimits(
    int lanesPerPartition,
    int batchCommandsMax,
    int linesWaitingMax,
    Duration patience,
    IntervalFunction backoff,
    int rounds) {
  private static final Duration BACKOFF_FIRST = Duration.ofMillis(50);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(1);

  static LaneLimits standard(Duration patience) {
    IntervalFunction backoff =
        IntervalFunction.ofExponentialRandomBackoff(BACKOFF_FIRST, 2, 0.5, BACKOFF_MAX);
    return new LaneLimits(4, 500, 20_000, patience, backoff, 0);
  }

  LaneLimits withRounds(int number) {
    return new LaneLimits(
        lanesPerPartition, batchCommandsMax, linesWaitingMax, patience, backoff, number);
  }
}
