package dev.holdfast.aggregator.deadletter;

import dev.holdfast.common.domain.Origin;

/**
 * When an event was decided and who asked for it: what stands in its batch, and a letter keeps.
 *
 * @param timeMillis the leader's time
 */
public record Asked(long timeMillis, Origin origin) {}
