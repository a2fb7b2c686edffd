package dev.holdfast.aggregator.source;

import io.grpc.ManagedChannel;

/** A store node as a source of feeds. */
public record Replica(String nodeId, ManagedChannel channel) {}
