package dev.holdfast.aggregator.ingest;

/**
 * When a feed message came in, and the last sequence that its replica had applied then.
 *
 * @param nanos on the ticker of this process
 */
public record Arrival(long headSequence, long nanos) {}
