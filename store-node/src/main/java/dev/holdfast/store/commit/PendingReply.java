package dev.holdfast.store.commit;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.store.decide.Decision;

/**
 * A decided command whose caller waits until everything that the decision rests on is applied.
 *
 * @param sequence of the command's event, or of the last event before it when it led to none
 */
record PendingReply(QueuedCommand command, Decision decision, long sequence) {
  /** Whether it tells what is so now, and not what has become so for good. */
  boolean isTransient() {
    return decision instanceof Decision.Refused;
  }

  void send(AppliedView applied) {
    if (decision instanceof Decision.WithEvent told) {
      command.reply().decided(command.index(), sequence, told.event());
    } else if (decision instanceof Decision.Repeated repeated) {
      Earlier earlier = earlier(applied, repeated.sequence());
      command.reply().decidedBefore(command.index(), repeated.sequence(), earlier);
    } else {
      fail(
          Reason.IDEMPOTENCY_KEY_REUSED,
          "idempotency_key was used before with another payload; use a new key");
    }
  }

  private static Earlier earlier(AppliedView applied, long sequence) {
    AppliedView.Past past = applied.past(sequence);
    Reservation now =
        past.event().event() instanceof ReservationEvent.StockReserved reserved
            ? applied.reservation(reserved.reservation())
            : null;
    return new Earlier(past.event(), past.timeMillis(), now);
  }

  void fail(Reason reason, String message) {
    command.fail(reason, message);
  }
}
