package dev.holdfast.store.commit;

import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.status.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One command's answer, waiting until what it rests on is applied.
 *
 * @param event the command's event, or null when an earlier event answers it
 * @param sequence of the event, or {@link #KEY_REUSED}
 */
record PendingReply(Reply reply, int index, @Nullable RecordedEvent event, long sequence) {
  private static final long KEY_REUSED = 0;

  static PendingReply ofEvent(Reply reply, int index, RecordedEvent event, long sequence) {
    return new PendingReply(reply, index, event, sequence);
  }

  static PendingReply ofReceipt(Reply reply, int index, long sequence) {
    return new PendingReply(reply, index, null, sequence);
  }

  static PendingReply ofKeyReused(Reply reply, int index) {
    return new PendingReply(reply, index, null, KEY_REUSED);
  }

  void send(AppliedView applied) {
    if (event != null) {
      reply.decided(index, sequence, event);
    } else if (sequence == KEY_REUSED) {
      reply.failed(
          index,
          Reason.IDEMPOTENCY_KEY_REUSED,
          "idempotency_key was used before with another payload; use a new key");
    } else {
      reply.decidedBefore(index, sequence, earlier(applied));
    }
  }

  private Earlier earlier(AppliedView applied) {
    AppliedView.Past past = applied.past(sequence);
    Reservation now =
        past.event().event() instanceof ReservationEvent.StockReserved reserved
            ? applied.reservation(reserved.reservation())
            : null;
    return new Earlier(past.event(), past.timeMillis(), now);
  }

  void fail(Reason reason, String message) {
    reply.failed(index, reason, message);
  }
}
