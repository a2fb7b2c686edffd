package dev.holdfast.aggregator.deadletter;

/**
 * What became of the changes that were tried for a request, those behind included.
 *
 * @param failed changes that failed again
 */
public record Outcome(int applied, int failed) {}
