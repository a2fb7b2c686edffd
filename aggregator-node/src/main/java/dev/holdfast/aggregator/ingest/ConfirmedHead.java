package dev.holdfast.aggregator.ingest;

/**
 * The end of a partition's log, as a majority of its replicas confirmed it.
 *
 * @param sequence includes every event that was committed before the question
 * @param askedNanos when the question was asked, by a ticker
 */
public record ConfirmedHead(long sequence, long askedNanos) {}
