package dev.holdfast.aggregator.deadletter;

import dev.holdfast.common.domain.Origin;

/**
 * The time and caller of an event, kept from its batch by a letter.
 *
 * @param timeMillis the leader's time
 */
public record Asked(long timeMillis, Origin origin) {}
