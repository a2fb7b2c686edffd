package dev.holdfast.store.peers;

import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The latest answer of a peer.
 *
 * @param status its answer
 * @param receivedNanos when that came, by the monotonic clock of this node
 * @param clockBaseMillis its wall clock as a base of this node's monotonic clock, which a step of
 *     this node's wall clock does not change; empty when the answer took too long to tell
 */
public record PeerStatus(
    String node, GetNodeStatusResponse status, long receivedNanos, OptionalLong clockBaseMillis) {

  /** The peer's replica of a partition, when it has one that is not stopped. */
  public Optional<ReplicaStatus> healthyReplica(int partition) {
    return status.getReplicasList().stream()
        .filter(replica -> replica.getPartition() == partition && replica.getFault().isEmpty())
        .findFirst();
  }
}
