package dev.holdfast.cli.drill.model;

/**
 * The circumstances of a decision.
 *
 * @param millis time of the partition's log
 * @param sequence position in the log; a new lease takes it as its token
 */
public record Moment(long millis, long sequence) {}
