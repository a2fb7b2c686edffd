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
final class DeadLetterLimit {
  private static final String WHY =
      "%d of its changes are parked, as many as dead-letters.max allows;"
          + " retry or discard them, or rebuild the partition";
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLimit.class);

  private final DeadLetters letters;
  private final ViewProgress progress;
  private final PausedPartitions paused;

  DeadLetterLimit(DeadLetters letters, ViewProgress progress, PausedPartitions paused) {
    this.letters = letters;
    this.progress = progress;
    this.paused = paused;
  }

  /** Pauses what is full now and resumes what is not any more; to be called after each write. */
  List<Delivery> settle() {
    List<Delivery> resumed = new ArrayList<>();
    for (int partition = 0; partition < progress.partitionCount(); partition++) {
      boolean full = letters.isFull(partition);
      if (full && !paused.isFull(partition)) {
        pause(partition);
      } else if (!full && paused.isFull(partition)) {
        resumed.addAll(resume(partition));
      }
    }
    return resumed;
  }

  private void pause(int partition) {
    paused.setFull(partition);
    String why = WHY.formatted(letters.counts(partition).parked());
    LOG.error("partition {} is paused: {}", partition, why);
    progress.paused(partition, why);
  }

  private List<Delivery> resume(int partition) {
    LOG.info("partition {} goes on", partition);
    progress.paused(partition, "");
    return paused.setRoom(partition);
  }
}
