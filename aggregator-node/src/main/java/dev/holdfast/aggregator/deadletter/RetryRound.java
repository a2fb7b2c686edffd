package dev.holdfast.aggregator.deadletter;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.ParkedEvent;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.common.codec.RawEvents;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.RecordedEvent;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries letters again and gives letters up, as far as one write goes. */
final class RetryRound {
  /** Letters that are tried in one write, so that other events do not wait for long. */
  private static final int LETTERS_MAX = 256;

  private static final long PUT_OFF_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(RetryRound.class);

  /**
   * What rounds share.
   *
   * @param trials what earlier rounds left
   */
  record Shared(
      ArrayDeque<Trial> trials,
      OpenLetters open,
      Pace pace,
      DeadLetterMetrics metrics,
      LetterBounds bounds) {}

  private final Shared shared;
  private final LetterChanges changes;
  private final Projection projection;
  private final IntFunction<Cursor> cursors;
  private final Lines lines;
  private final Set<Request> touched = new HashSet<>();

  /**
   * @param cursors the stored ones, by partition
   */
  RetryRound(
      Shared shared, LetterChanges changes, Projection projection, IntFunction<Cursor> cursors) {
    this.shared = shared;
    this.changes = changes;
    this.projection = projection;
    this.cursors = cursors;
    this.lines = new Lines(shared.trials(), shared.open(), changes);
  }

  /** Takes a request in: what it asks for is tried in this round or in later ones. */
  void take(Request request) {
    touched.add(request);
    String discardReason = request.discardReason();
    for (LetterId id : request.ids()) {
      if (discardReason == null) {
        shared.trials().addLast(Trial.of(lines.firstOf(id), request));
      } else if (lines.discard(id, discardReason, request)) {
        shared.metrics().discarded();
        LOG.info("{} is discarded: {}", id.text(), discardReason);
        changes.forgetOldest(id.partition(), shared.bounds().discardedMax());
      }
    }
  }

  void run() {
    addDue();
    for (int i = 0; i < LETTERS_MAX && !shared.trials().isEmpty(); i++) {
      run(shared.trials().removeFirst());
    }
  }

  private void addDue() {
    long now = shared.pace().nowMillis();
    for (LetterId id : shared.open().due(now, LETTERS_MAX)) {
      DeadLetter letter = changes.open(id);
      if (letter != null && letter.isDue(now)) {
        shared.trials().addLast(Trial.of(id, null));
      }
    }
  }

  private void run(Trial trial) {
    Request request = trial.request();
    DeadLetter letter = changes.open(trial.id());
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

  /** Nothing may touch such a part; its letters may be moot afterwards. */
  private boolean isBeingReplaced(DeadLetter letter) {
    return cursors.apply(letter.id().partition()).trust().rebuilding();
  }

  private boolean putOff(DeadLetter letter) {
    if (letter.state() != LetterState.PARKED) {
      shared.open().later(letter.id(), shared.pace().nowMillis() + PUT_OFF_MILLIS);
    }
    return false;
  }

  private boolean tryAgain(DeadLetter letter, @Nullable Request request) {
    Exception failure = failure(letter);
    shared.metrics().retried(failure == null);
    if (failure == null) {
      lines.mended(letter.id(), request);
    } else {
      DeadLetter failed = letter.failedAgain(Reasons.of(failure), shared.pace());
      changes.failedAgain(failed);
      shared.open().put(failed);
    }
    return failure == null;
  }

  /** The event is read anew: this build may know more than the one that parked it. */
  private @Nullable Exception failure(DeadLetter letter) {
    LetterId id = letter.id();
    try {
      Asked asked = letter.asked();
      ByteString encoded = changes.event(id.place());
      if (encoded == null) {
        return new IllegalStateException("its event is not stored any more");
      }
      RecordedEvent event = RawEvents.decode(encoded.toByteArray(), asked.origin());
      ParkedEvent parked = new ParkedEvent(id.sequence(), asked.timeMillis(), event);
      return projection.retry(id.partition(), cursors.apply(id.partition()), parked, id.item());
    } catch (UnreadableException unreadable) {
      return unreadable;
    }
  }

  /** What was done is stored. */
  void stored() {
    touched.stream().filter(Request::isDone).forEach(Request::complete);
  }
}
