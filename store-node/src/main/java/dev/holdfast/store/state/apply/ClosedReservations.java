package dev.holdfast.store.state.apply;

import dev.holdfast.common.domain.IgnoredChanges;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import java.util.function.Consumer;

/**
 * Finds the reservations that events closed, by the same fold as everywhere. While one is
 * remembered its id cannot be used again, so whatever an event closed is still closed when that
 * event's receipt goes, and may be forgotten with it.
 */
public final class ClosedReservations extends IgnoredChanges {
  private final Consumer<ReservationKey> found;

  public ClosedReservations(Consumer<ReservationKey> found) {
    this.found = found;
  }

  public void see(RecordedEvent event) {
    event.foldInto(this, 0);
  }

  @Override
  public void putReservation(ReservationKey key, Reservation reservation) {
    if (reservation instanceof Reservation.Closed) {
      found.accept(key);
    }
  }
}
