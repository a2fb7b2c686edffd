package dev.holdfast.store.api;

import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.EarlierAnswer;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.store.commit.Earlier;
import org.jspecify.annotations.Nullable;

/** Events to answers. */
final class Answers {
  private Answers() {}

  /** The refusal that an event stands for, null when the command was accepted. */
  static @Nullable Refusal refusal(RecordedEvent recorded) {
    if (recorded.event() instanceof Event.CommandRejected rejected) {
      Refusal refusal =
          Refusal.of(rejected.store(), rejected.reservationId(), rejected.rejection());
      return rejected.operation() == 0 ? refusal : refusal.inOperation(rejected.operation() - 1);
    }
    return null;
  }

  static Accepted accepted(int partition, long sequence, RecordedEvent recorded) {
    Accepted.Builder accepted = Accepted.newBuilder().setPosition(position(partition, sequence));
    fill(accepted, recorded.event());
    return accepted.build();
  }

  private static void fill(Accepted.Builder accepted, Event event) {
    if (event instanceof Event.StockAdjusted adjusted) {
      accepted.addStock(LevelAnswer.of(adjusted.item(), adjusted.after()));
      accepted.setShortfall(adjusted.shortfall());
    } else if (event instanceof Event.ItemCreated created) {
      accepted.addStock(LevelAnswer.of(created.item(), created.after()));
    } else if (event instanceof Event.OrderExecuted order) {
      order.steps().forEach(step -> fill(accepted.addOperationsBuilder(), step));
    } else if (!ReservationAnswers.add(accepted, event) && !TermsAnswers.fill(accepted, event)) {
      throw new IllegalStateException("no answer for " + event.getClass().getSimpleName());
    }
  }

  static CommandOutcome outcome(
      int partition, long sequence, RecordedEvent recorded, LockAnswer locks) {
    Refusal refusal = refusal(recorded);
    if (refusal != null) {
      return CommandOutcome.newBuilder().setError(locks.status(refusal)).build();
    }
    return CommandOutcome.newBuilder().setAccepted(accepted(partition, sequence, recorded)).build();
  }

  /** The refusal that was given before, null when the command was accepted then. */
  static @Nullable Refusal refusal(Earlier earlier) {
    Refusal refusal = refusal(earlier.event());
    return refusal == null ? null : refusal.decidedAt(earlier.decidedMillis());
  }

  static EarlierAnswer mark(Earlier earlier) {
    EarlierAnswer.Builder mark =
        EarlierAnswer.newBuilder().setDecidedMillis(earlier.decidedMillis());
    Reservation now = earlier.reservationNow();
    if (now != null) {
      mark.setReservationNow(ReservationAnswers.state(now.state()));
    }
    return mark.build();
  }

  static CommandOutcome outcome(int partition, long sequence, Earlier earlier, LockAnswer locks) {
    Refusal refusal = refusal(earlier);
    if (refusal != null) {
      return CommandOutcome.newBuilder().setError(locks.status(refusal)).build();
    }
    Accepted accepted = accepted(partition, sequence, earlier.event());
    return CommandOutcome.newBuilder()
        .setAccepted(accepted.toBuilder().setEarlier(mark(earlier)))
        .build();
  }

  static Position position(int partition, long sequence) {
    return Position.newBuilder().setPartition(partition).setSequence(sequence).build();
  }
}
