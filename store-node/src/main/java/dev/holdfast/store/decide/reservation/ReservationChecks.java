package dev.holdfast.store.decide.reservation;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.Reservation.Open;
import dev.holdfast.common.domain.Reservation.State;
import dev.holdfast.store.decide.state.Moment;
import org.jspecify.annotations.Nullable;

/** Checks a reservation at a moment. */
final class ReservationChecks {
  private ReservationChecks() {}

  /** The reservation when it is open and its time is not over, else null. */
  static @Nullable Open openAt(@Nullable Reservation found, Moment moment) {
    return found instanceof Open open && !open.life().isOverAt(moment.timeMillis()) ? open : null;
  }

  /**
   * Why it is not open. One whose time is over is expired, whether that stands in the log already
   * or not: callers cannot tell the two apart.
   */
  static Rejection whyNotOpen(@Nullable Reservation found) {
    if (found == null) {
      return Rejection.of(RejectionCode.RESERVATION_NOT_FOUND);
    }
    return switch (found.state()) {
      case OPEN, EXPIRED -> Rejection.of(RejectionCode.RESERVATION_EXPIRED);
      case CONFIRMED, RELEASED ->
          new Rejection.ReservationIs(RejectionCode.RESERVATION_CLOSED, found.state());
    };
  }

  /** What the reservation is at a moment. */
  static State stateAt(Reservation found, Moment moment) {
    boolean over = found instanceof Open open && open.life().isOverAt(moment.timeMillis());
    return over ? State.EXPIRED : found.state();
  }

  /** The precondition on a reservation's version. */
  static @Nullable Rejection checkVersion(long expected, Open open) {
    return expected == Command.ANY_VERSION || expected == open.version()
        ? null
        : new Rejection.VersionConflict("", expected, open.version());
  }
}
