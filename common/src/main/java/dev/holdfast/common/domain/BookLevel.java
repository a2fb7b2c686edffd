package dev.holdfast.common.domain;

/**
 * What the log says of an item at a time that is past.
 *
 * @param version the item must still be at this version, since nothing had moved when the log was
 *     read; {@link Command#ANY_VERSION} when something had: that remains so
 */
public record BookLevel(long onHand, long version) {}
