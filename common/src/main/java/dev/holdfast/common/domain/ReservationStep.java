package dev.holdfast.common.domain;

import org.jspecify.annotations.Nullable;

/**
 * What an event did to a reservation that was open.
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
