package dev.holdfast.store.api.call;

import java.time.Duration;

/**
 * Limits on the life of reservations.
 *
 * @param ttl of one that does not say
 * @param lifeMax from its creation to the latest expiry that it can be extended to
 */
public record HoldLimits(Duration ttl, Duration lifeMax) {}
