package dev.holdfast.store.decide.state;

/**
 * When something is decided: time and place enter as data.
 *
 * @param timeMillis the leader's clock, which never runs backwards in a partition
 * @param sequence that the event will have
 */
public record Moment(long timeMillis, long sequence) {}
