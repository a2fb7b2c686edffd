package dev.holdfast.store.decide.state;

/**
 * The moment of a decision: time and place enter as data.
 *
 * @param timeMillis the leader's clock, which never runs backwards in a partition
 * @param sequence that the event will have
 */
public record Moment(long timeMillis, long sequence) {}
