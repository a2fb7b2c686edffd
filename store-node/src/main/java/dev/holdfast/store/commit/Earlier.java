package dev.holdfast.store.commit;

import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import org.jspecify.annotations.Nullable;

/**
 * The earlier answer to an idempotency key.
 *
 * @param decidedMillis when, by the time of the log
 * @param reservationNow of an event that opened a reservation: what that is now; null for any
 *     other, and when it is not remembered
 */
public record Earlier(
    RecordedEvent event, long decidedMillis, @Nullable Reservation reservationNow) {}
