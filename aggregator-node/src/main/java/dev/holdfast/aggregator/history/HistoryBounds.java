package dev.holdfast.aggregator.history;

import java.time.Duration;

/**
 * Bounds on the history that is kept.
 *
 * @param retention how long
 * @param bytesMax of all of it, before compression; the oldest goes first
 */
public record HistoryBounds(Duration retention, long bytesMax) {}
