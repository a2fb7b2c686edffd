package dev.holdfast.common.domain;

import org.jspecify.annotations.Nullable;

/**
 * The effect of an event on an open reservation.
 *
 * @param expiresMillisBefore when it would have expired, before the event: a blind fold finds the
 *     row of the expiry index by it
 * @param open the reservation afterwards, or null when the event closed it
 */
public record ReservationStep(long expiresMillisBefore, Reservation.@Nullable Open open) {
  /** The record of a reservation that stays open stands in the event. */
  int lineCount() {
    return open == null ? 0 : open.lines().size();
  }
}
