package dev.holdfast.common.domain;

/**
 * Quantity on hand of an item at a past time, as the log has it.
 *
 * @param version the item must still be at this version, since nothing had moved when the log was
 *     read; {@link Command#ANY_VERSION} when something had: that remains so
 */
public record BookLevel(long onHand, long version) {}
