package dev.holdfast.store.api.call;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.proto.inventory.v1.ReservationState;

/** States of reservations to answers. */
public final class ReservationStates {
  private ReservationStates() {}

  public static ReservationState of(Reservation.State state) {
    return switch (state) {
      case OPEN -> ReservationState.RESERVATION_STATE_OPEN;
      case CONFIRMED -> ReservationState.RESERVATION_STATE_CONFIRMED;
      case RELEASED -> ReservationState.RESERVATION_STATE_RELEASED;
      case EXPIRED -> ReservationState.RESERVATION_STATE_EXPIRED;
    };
  }
}
