package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.deadletter.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses a partition while its dead letter queue is full: the queue stays bounded, nothing is
 * dropped, and the feed waits. For the writer thread.
 */
final class Pauses {
  private static final String WHY =
      "%d of its changes are parked, as many as dead-letters.max allows;"
          + " retry or discard them, or rebuild the partition";
  private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);

  private final DeadLetters letters;
  private final ViewProgress progress;
  private final Holds holds;
  private final Runnable onChange;

  Pauses(WriterParts parts, Holds holds, Runnable onChange) {
    this.letters = parts.letters();
    this.progress = parts.progress();
    this.holds = holds;
    this.onChange = onChange;
  }

  /** Pauses what is full now and lets go on what is not any more; to be called after each write. */
  List<Delivery> settle() {
    List<Delivery> letGo = new ArrayList<>();
    for (int partition = 0; partition < progress.partitionCount(); partition++) {
      boolean full = letters.isFull(partition);
      if (full != holds.isPaused(partition)) {
        letGo.addAll(full ? pause(partition) : resume(partition));
      }
    }
    return letGo;
  }

  private List<Delivery> pause(int partition) {
    holds.pause(partition);
    String why = WHY.formatted(letters.counts(partition).parked());
    LOG.error("partition {} is paused: {}", partition, why);
    tell(partition, why);
    return List.of();
  }

  private List<Delivery> resume(int partition) {
    LOG.info("partition {} goes on", partition);
    tell(partition, "");
    return holds.resume(partition);
  }

  private void tell(int partition, String why) {
    progress.of(partition).paused(why);
    onChange.run();
  }
}
