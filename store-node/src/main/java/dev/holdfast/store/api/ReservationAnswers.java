package dev.holdfast.store.api;

import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.ReservationState;
import dev.holdfast.proto.inventory.v1.Shortfall;
import java.util.List;

/** Events of reservations, and reservations themselves, to answers. */
final class ReservationAnswers {
  private static final long VERSION_AT_CREATION = 1;

  private ReservationAnswers() {}

  /** Whether the event was about a reservation, and is now told. */
  static boolean add(Accepted.Builder accepted, Event event) {
    if (event instanceof ReservationEvent.StockReserved e) {
      accepted
          .setReservationVersion(VERSION_AT_CREATION)
          .setExpiresMillis(e.life().expiresMillis());
      addLines(accepted, e.reservation(), e.lines());
      addShortfalls(accepted, e.shortfalls());
    } else if (event instanceof ReservationEvent.ReservationConfirmed e) {
      addLines(accepted, e.reservation(), e.lines());
      addStep(accepted, e.step());
    } else if (event instanceof ReservationEvent.ReservationReleased e) {
      addLines(accepted, e.reservation(), e.lines());
      addStep(accepted, e.step());
    } else if (event instanceof ReservationEvent.ReservationExtended e) {
      addLines(accepted, e.reservation(), List.of());
      addStep(accepted, e.step());
    } else if (event instanceof ReservationEvent.ReservationReplaced e) {
      addLines(accepted, e.reservation(), e.lines());
      addStep(accepted, e.step());
      addShortfalls(accepted, e.shortfalls());
    } else {
      return false;
    }
    return true;
  }

  private static void addLines(
      Accepted.Builder accepted, ReservationKey reservation, List<LineChange> lines) {
    accepted.setReservationId(reservation.reservationId());
    for (LineChange line : lines) {
      StockKey item = new StockKey(reservation.store(), line.sku());
      accepted.addStock(LevelAnswer.of(item, line.after()));
    }
  }

  private static void addStep(Accepted.Builder accepted, ReservationStep step) {
    Reservation.Open open = step.open();
    if (open != null) {
      accepted.setReservationVersion(open.version()).setExpiresMillis(open.life().expiresMillis());
    }
  }

  private static void addShortfalls(
      Accepted.Builder accepted, List<dev.holdfast.common.domain.Shortfall> shortfalls) {
    for (var shortfall : shortfalls) {
      accepted.addShortfalls(
          Shortfall.newBuilder()
              .setSku(shortfall.sku())
              .setRequested(shortfall.requested())
              .setGranted(shortfall.granted()));
    }
  }

  static dev.holdfast.proto.inventory.v1.Reservation of(
      ReservationKey key, Reservation reservation) {
    var proto =
        dev.holdfast.proto.inventory.v1.Reservation.newBuilder()
            .setStore(key.store())
            .setReservationId(key.reservationId())
            .setState(state(reservation.state()));
    if (reservation instanceof Reservation.Open open) {
      proto
          .setVersion(open.version())
          .setCreatedMillis(open.purpose().createdMillis())
          .setPrincipal(open.purpose().principal())
          .setHolder(open.purpose().holder())
          .setReference(open.purpose().reference())
          .setExpiresMillis(open.life().expiresMillis())
          .setLifeEndsMillis(open.life().endsMillis());
      open.lines()
          .forEach(line -> proto.addLinesBuilder().setSku(line.sku()).setQuantity(line.quantity()));
    }
    return proto.build();
  }

  static ReservationState state(Reservation.State state) {
    return switch (state) {
      case OPEN -> ReservationState.RESERVATION_STATE_OPEN;
      case CONFIRMED -> ReservationState.RESERVATION_STATE_CONFIRMED;
      case RELEASED -> ReservationState.RESERVATION_STATE_RELEASED;
      case EXPIRED -> ReservationState.RESERVATION_STATE_EXPIRED;
    };
  }
}
