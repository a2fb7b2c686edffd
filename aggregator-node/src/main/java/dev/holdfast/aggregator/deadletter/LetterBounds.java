package dev.holdfast.aggregator.deadletter;

/**
 * Limits on the letters of a partition.
 *
 * @param openMax parked changes; the partition is not applied any further while there are so many.
 *     One batch may pass it
 * @param discardedMax discarded changes that are kept
 */
public record LetterBounds(int openMax, int discardedMax) {}
