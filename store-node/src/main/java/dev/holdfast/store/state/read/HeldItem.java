package dev.holdfast.store.state.read;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;

/** An item and an open reservation that holds some of it. */
public record HeldItem(StockKey item, ReservationKey reservation, Reservation.Open open) {}
