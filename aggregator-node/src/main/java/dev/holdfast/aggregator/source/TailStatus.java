package dev.holdfast.aggregator.source;

import org.jspecify.annotations.Nullable;

/**
 * Status of a partition's tail.
 *
 * @param connected whether the replica's messages come in
 * @param nodeId the replica that feeds it, or is tried
 * @param lastError why it last lost a replica; null when it never did
 * @param fault why it cannot get further, whichever replica it asks; null when it can
 */
public record TailStatus(
    int partition,
    boolean connected,
    String nodeId,
    @Nullable String lastError,
    @Nullable String fault) {

  TailStatus connectedTo(String node) {
    return new TailStatus(partition, true, node, lastError, fault);
  }

  TailStatus trying(String node) {
    return new TailStatus(partition, false, node, lastError, fault);
  }

  TailStatus lost(String error) {
    return new TailStatus(partition, false, nodeId, error, fault);
  }

  TailStatus withFault(@Nullable String newFault) {
    return new TailStatus(partition, connected, nodeId, lastError, newFault);
  }
}
