package dev.holdfast.aggregator.deadletter;

/** Where an event stands in the log of its partition. */
public record EventPlace(int partition, long sequence) {}
