package dev.holdfast.aggregator.deadletter;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.view.ParkedEvent;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.codec.RawEvents;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.RecordedEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries letters again and discards letters, as far as one write goes. */
final class RetryRound {
  /** Letters that are tried in one write, so that other events do not wait for long. */
  private static final int LETTERS_MAX = 256;

  private static final long PUT_OFF_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(RetryRound.class);

  private final ParkedItems parked;
  private final LetterChanges changes;
  private final RetryPace pace;
  private final DeadLetterMetrics metrics;
  private final Projection projection;
  private final IntFunction<ViewCursor> cursors;
  private final LetterOrder order;
  private final Set<OperatorRequest> touched = new HashSet<>();

  /**
   * @param cursors the stored ones, by partition
   */
  RetryRound(
      ParkedItems parked,
      LetterChanges changes,
      RetryPace pace,
      DeadLetterMetrics metrics,
      Projection projection,
      IntFunction<ViewCursor> cursors) {
    this.parked = parked;
    this.changes = changes;
    this.pace = pace;
    this.metrics = metrics;
    this.projection = projection;
    this.cursors = cursors;
    this.order = new LetterOrder(parked, changes, metrics);
  }

  /** Takes a request in: its letters are tried in this round or in later ones. */
  void take(OperatorRequest request) {
    touched.add(request);
    String discardReason = request.discardReason();
    for (LetterId id : request.ids()) {
      if (discardReason == null) {
        parked.retries().addLast(LetterRetry.of(order.firstOf(id), request));
      } else if (order.discard(id, discardReason, request)) {
        LOG.info("{} is discarded: {}", id.text(), discardReason);
        changes.forgetOldest(id.partition());
      }
    }
  }

  void run() {
    addDue();
    for (int i = 0; i < LETTERS_MAX && !parked.retries().isEmpty(); i++) {
      run(parked.retries().removeFirst());
    }
  }

  private void addDue() {
    long now = pace.nowMillis();
    for (LetterId id : parked.due(now, LETTERS_MAX)) {
      DeadLetter letter = changes.open(id);
      if (letter != null && letter.isDue(now)) {
        parked.retries().addLast(LetterRetry.of(id, null));
      }
    }
  }

  private void run(LetterRetry retry) {
    OperatorRequest request = retry.request();
    DeadLetter letter = changes.open(retry.id());
    if (letter != null) {
      boolean applied = isBeingReplaced(letter) ? putOff(letter) : tryAgain(letter, request);
      if (request != null) {
        request.tried(applied);
      }
    }
    if (request != null) {
      request.ended();
      touched.add(request);
    }
  }

  /** Nothing may touch such a part; its letters may be superseded afterwards. */
  private boolean isBeingReplaced(DeadLetter letter) {
    return cursors.apply(letter.id().partition()).trust().rebuilding();
  }

  private boolean putOff(DeadLetter letter) {
    if (letter.state() != LetterState.PARKED) {
      parked.tryAt(pace.nowMillis() + PUT_OFF_MILLIS, letter.id());
    }
    return false;
  }

  private boolean tryAgain(DeadLetter letter, @Nullable OperatorRequest request) {
    Exception failure = failure(letter);
    metrics.retried(failure == null);
    if (failure == null) {
      order.applied(letter.id(), request);
    } else {
      DeadLetter failed = letter.failedAgain(failure, pace);
      changes.failedAgain(failed);
      parked.put(failed);
    }
    return failure == null;
  }

  /** The event is read anew: this build may know more than the one that parked it. */
  private @Nullable Exception failure(DeadLetter letter) {
    LetterId id = letter.id();
    try {
      EventStamp stamp = letter.stamp();
      ByteString encoded = changes.event(id.place());
      if (encoded == null) {
        return new IllegalStateException("its event is not stored any more");
      }
      RecordedEvent event = RawEvents.decode(encoded.toByteArray(), stamp.origin());
      ParkedEvent parkedEvent = new ParkedEvent(id.sequence(), stamp.timeMillis(), event);
      return projection.retry(
          id.partition(), cursors.apply(id.partition()), parkedEvent, id.item());
    } catch (UnreadableException unreadable) {
      return unreadable;
    }
  }

  /** The outcome is stored. */
  void stored() {
    touched.stream().filter(OperatorRequest::isDone).forEach(OperatorRequest::complete);
  }
}
