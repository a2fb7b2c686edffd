package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.deadletter.BatchParking;
import dev.holdfast.aggregator.deadletter.DeadLetters;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewRecords;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.failpoint.FailPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One write of the view: takes deliveries through the gate into a projection, then stores it, then
 * tells how far the view got and gives the room in the feed windows back.
 */
final class WriteCycle {
  private final ViewStorage storage;
  private final ViewProgress progress;
  private final IngestMetrics metrics;
  private final PausedPartitions paused;
  private final Projection projection;
  private final DeadLetters.Write letters;
  private final List<Delivery> taken = new ArrayList<>();
  private final List<EventBatch> folded = new ArrayList<>();
  private final Map<Integer, ViewCursor> cursors = new HashMap<>();
  private final Map<Integer, Long> heard = new HashMap<>();
  private int events;
  private boolean full;

  /**
   * @param projections fold; tests have others that err
   */
  WriteCycle(
      ViewStorage storage,
      ViewProgress progress,
      IngestMetrics metrics,
      DeadLetters letters,
      Function<ViewRecords, Projection> projections,
      PausedPartitions paused) {
    this.storage = storage;
    this.progress = progress;
    this.metrics = metrics;
    this.paused = paused;
    this.projection = projections.apply(storage);
    this.letters = letters.write();
  }

  void take(Delivery delivery) {
    if (paused.keepsBack(delivery)) {
      return;
    }
    taken.add(delivery);
    FeedLink link = delivery.link();
    if (link.isRefused()) {
      return;
    }
    if (delivery.message() instanceof FeedMessage.Batch batch) {
      gate(link, batch);
    } else if (delivery.message() instanceof FeedMessage.Heartbeat heartbeat) {
      heard.put(link.partition(), heartbeat.replicaSequence());
    } else if (delivery.message() instanceof FeedMessage.Unreadable unreadable) {
      refuse(link, unreadable.defect());
    }
  }

  private void gate(FeedLink link, FeedMessage.Batch message) {
    int partition = link.partition();
    SequenceGate.Verdict verdict =
        SequenceGate.check(partition, cursor(partition), message.batch(), message.hash());
    if (verdict instanceof SequenceGate.Verdict.Next next) {
      fold(message, next.end());
    } else if (verdict instanceof SequenceGate.Verdict.Duplicate) {
      metrics.duplicate(partition);
    } else if (verdict instanceof SequenceGate.Verdict.Refused refused) {
      refuse(link, refused.defect());
    }
  }

  private void fold(FeedMessage.Batch message, ViewCursor end) {
    EventBatch batch = message.batch();
    BatchParking parking = letters.parking(batch, message.encoded());
    cursors.put(batch.partition(), projection.fold(batch, end, parking));
    parking.end();
    folded.add(batch);
    events += batch.events().size();
    full |= letters.isFull(batch.partition());
  }

  private void refuse(FeedLink link, FeedDefect defect) {
    metrics.defect(link.partition(), defect.kind());
    link.refuse(defect);
  }

  private ViewCursor cursor(int partition) {
    ViewCursor ahead = cursors.get(partition);
    return ahead != null ? ahead : progress.of(partition).cursor();
  }

  /** Events that the write will include so far. */
  int events() {
    return events;
  }

  /** Whether a partition has so much parked that nothing more of it may be taken. */
  boolean isFull() {
    return full;
  }

  /** Tries parked changes again that are due or asked for; in a cycle that takes no deliveries. */
  void retry() {
    letters.retry(projection, this::cursor);
    FailPoint.LETTERS_RETRIED.reach();
  }

  void finish() {
    ViewUpdate update = projection.update();
    LetterUpdate letterUpdate = letters.update();
    FailPoint.VIEW_WRITE.reach();
    if (events > 0) {
      metrics.written(folded, () -> storage.write(update, letterUpdate));
    } else if (!letterUpdate.isEmpty()) {
      storage.write(update, letterUpdate);
    }
    FailPoint.VIEW_WRITTEN.reach();
    letters.stored();
    update.cursors().forEach(progress::moved);
    heard.forEach((partition, sequence) -> progress.of(partition).heard(sequence));
    update.violated().forEach(check -> progress.violated(check.partition()));
    taken.forEach(delivery -> delivery.link().consumed(delivery.message()));
  }
}
