package dev.holdfast.aggregator.deadletter;

/**
 * The outcome of a request: of the changes that were tried, including those behind.
 *
 * @param failed changes that failed again
 */
public record Outcome(int applied, int failed) {}
