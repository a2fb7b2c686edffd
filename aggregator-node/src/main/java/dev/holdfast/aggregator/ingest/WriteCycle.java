package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.deadletter.BatchParking;
import dev.holdfast.aggregator.deadletter.DeadLetters;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.failpoint.FailPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One write of the view: takes deliveries through the gate into a projection, then stores it, then
 * tells how far the view got and gives the room in the feed windows back.
 */
final class WriteCycle {
  private final ViewStorage storage;
  private final ViewProgress progress;
  private final IngestMetrics metrics;
  private final Holds holds;
  private final Projection projection;
  private final DeadLetters.Write letters;
  private final List<Delivery> taken = new ArrayList<>();
  private final List<EventBatch> folded = new ArrayList<>();
  private final Map<Integer, Cursor> cursors = new HashMap<>();
  private final Map<Integer, Long> heard = new HashMap<>();
  private int events;
  private boolean full;

  WriteCycle(WriterParts parts, Holds holds) {
    this.storage = parts.storage();
    this.progress = parts.progress();
    this.metrics = parts.metrics();
    this.holds = holds;
    this.projection = parts.projections().apply(storage);
    this.letters = parts.letters().write();
  }

  void take(Delivery delivery) {
    if (holds.keepsBack(delivery)) {
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
    Verdict verdict =
        SequenceGate.check(partition, cursor(partition), message.batch(), message.hash());
    if (verdict instanceof Verdict.Next next) {
      fold(message, next.end());
    } else if (verdict instanceof Verdict.Duplicate) {
      metrics.duplicate(partition);
    } else if (verdict instanceof Verdict.Refused refused) {
      refuse(link, refused.defect());
    }
  }

  private void fold(FeedMessage.Batch message, Cursor end) {
    EventBatch batch = message.batch();
    BatchParking parking = letters.parking(batch, message.encoded());
    cursors.put(batch.partition(), projection.fold(batch, end, parking));
    parking.end();
    folded.add(batch);
    events += batch.events().size();
    full |= letters.isFull(batch.partition());
  }

  private void refuse(FeedLink link, Defect defect) {
    metrics.defect(link.partition(), defect.kind());
    link.refuse(defect);
  }

  private Cursor cursor(int partition) {
    Cursor ahead = cursors.get(partition);
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
