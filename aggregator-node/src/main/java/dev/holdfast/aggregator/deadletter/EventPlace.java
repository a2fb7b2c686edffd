package dev.holdfast.aggregator.deadletter;

/** The place of an event in the log of its partition. */
public record EventPlace(int partition, long sequence) {}
