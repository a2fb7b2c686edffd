package dev.holdfast.aggregator.api;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.ingest.ViewProgress;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Computes the age of each partition's part of the view. */
record ViewAges(ViewProgress progress, Ticker ticker) {
  private static final long NEVER = -1;

  /** Of all partitions, now. */
  List<Long> millis() {
    return IntStream.range(0, progress.partitionCount()).mapToObj(this::millis).toList();
  }

  /** Milliseconds since it was last known to be current; -1 when never. */
  long millis(int partition) {
    OptionalLong currentAt = progress.of(partition).currentAtNanos();
    return currentAt.isEmpty()
        ? NEVER
        : Math.max(0, TimeUnit.NANOSECONDS.toMillis(ticker.read() - currentAt.getAsLong()));
  }
}
