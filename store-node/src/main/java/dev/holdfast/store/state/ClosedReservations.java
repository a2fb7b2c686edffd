package dev.holdfast.store.state;

import dev.holdfast.common.domain.Evolve;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateChanges;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TransferChanges;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the reservations that events closed, by the same fold as everywhere. While one is
 * remembered its id cannot be used again, so whatever an event closed is still closed when that
 * event's receipt goes, and may be forgotten with it.
 */
public final class ClosedReservations implements StateChanges {
  private final Consumer<ReservationKey> found;

  public ClosedReservations(Consumer<ReservationKey> found) {
    this.found = found;
  }

  public void see(RecordedEvent event) {
    Evolve.apply(event, 0, this);
  }

  @Override
  public void putReservation(ReservationKey key, Reservation reservation) {
    if (reservation instanceof Reservation.Closed) {
      found.accept(key);
    }
  }

  @Override
  public TransferChanges transfers() {
    return TransferChanges.IGNORED;
  }

  @Override
  public void putStock(StockKey item, @Nullable StockLevel before, StockLevel after) {}
}
