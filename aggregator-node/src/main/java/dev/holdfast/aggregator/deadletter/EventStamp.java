package dev.holdfast.aggregator.deadletter;

import dev.holdfast.common.domain.Origin;

/**
 * The time and caller of a parked event, which its batch tells of it.
 *
 * @param timeMillis the leader's time
 */
public record EventStamp(long timeMillis, Origin origin) {}
