package dev.holdfast.aggregator.history;

import java.time.Duration;

/**
 * How much history is kept.
 *
 * @param retention how long
 * @param bytesMax of all of it, before compression; the oldest goes first
 */
public record HistoryBounds(Duration retention, long bytesMax) {}
