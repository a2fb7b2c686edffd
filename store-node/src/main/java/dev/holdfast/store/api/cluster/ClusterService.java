package dev.holdfast.store.api.cluster;

import dev.holdfast.common.access.Caller;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetNodeStatusRequest;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.proto.cluster.v1.GetTopologyRequest;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.cluster.v1.Node;
import dev.holdfast.proto.cluster.v1.PartitionLeader;
import dev.holdfast.proto.cluster.v1.RaftRole;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.state.db.AppliedState;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers calls about the cluster and this node. */
public final class ClusterService extends ClusterServiceGrpc.ClusterServiceImplBase {
  private final String clusterId;
  private final String version;
  private final List<Node> nodes;
  private final Partitions partitions;
  private final NodeCondition condition;

  public ClusterService(
      String clusterId,
      String version,
      List<Node> nodes,
      Partitions partitions,
      NodeCondition condition) {
    this.clusterId = clusterId;
    this.version = version;
    this.nodes = List.copyOf(nodes);
    this.partitions = partitions;
    this.condition = condition;
  }

  @Override
  public void getTopology(GetTopologyRequest request, StreamObserver<GetTopologyResponse> caller) {
    GetTopologyResponse.Builder response =
        GetTopologyResponse.newBuilder()
            .setClusterId(clusterId)
            .setPartitionCount(partitions.count())
            .putAllPinned(pinned(Caller.current()))
            .addAllNodes(nodes);
    for (int partition = 0; partition < partitions.count(); partition++) {
      response.addPartitions(
          PartitionLeader.newBuilder()
              .setPartition(partition)
              .setLeader(leader(partition))
              .setPreferredLeader(partitions.preferredLeader(partition)));
    }
    caller.onNext(response.build());
    caller.onCompleted();
  }

  /** Who routes calls needs those stores only that it may call for. */
  private Map<String, Integer> pinned(Caller reader) {
    Map<String, Integer> pinned = new HashMap<>(partitions.map().pinned());
    pinned.keySet().removeIf(store -> !reader.sees(store));
    return pinned;
  }

  @Override
  public void getNodeStatus(
      GetNodeStatusRequest request, StreamObserver<GetNodeStatusResponse> caller) {
    if (!condition.started().getAsBoolean()) {
      String starting = "not tried: this node is starting, and may yet refuse to";
      caller.onError(Statuses.exception(new Refusal(Reason.NO_LEADER, starting)));
      return;
    }
    GetNodeStatusResponse.Builder response =
        GetNodeStatusResponse.newBuilder().setNodeId(partitions.self()).setVersion(version);
    partitions.all().forEach(replica -> response.addReplicas(status(replica)));
    condition.addTo(response); // last: the clock counts from when the answer leaves
    caller.onNext(response.build());
    caller.onCompleted();
  }

  private ReplicaStatus status(PartitionReplica replica) {
    AppliedState applied = replica.state().applied();
    String fault = replica.fault();
    String awaited = replica.awaited();
    Integer incarnation = replica.membership().incarnation();
    ReplicaStatus.Builder status = ReplicaStatus.newBuilder();
    if (incarnation != null) {
      status.setIncarnation(incarnation);
    }
    return status
        .setPartition(replica.partition())
        .setRole(role(replica))
        .setTerm(replica.raft().term())
        .setLeader(leader(replica.partition()))
        .setAppliedIndex(replica.raft().appliedIndex())
        .setCommittedIndex(replica.raft().committedIndex())
        .setSequence(applied.sequence())
        .setEarliestSequence(replica.state().earliestSequence())
        .setSnapshotIndex(replica.raft().snapshotIndex())
        .setQueuedCommands(replica.queuedCommands())
        .setFault(fault == null ? "" : fault)
        .setAwaited(awaited == null ? "" : awaited)
        .build();
  }

  private static RaftRole role(PartitionReplica replica) {
    if (replica.fault() != null) {
      return RaftRole.RAFT_ROLE_FAULTED;
    }
    if (replica.awaited() != null) {
      return RaftRole.RAFT_ROLE_JOINING;
    }
    if (replica.isLeading()) {
      return RaftRole.RAFT_ROLE_LEADER;
    }
    return replica.raft().isCandidate()
        ? RaftRole.RAFT_ROLE_CANDIDATE
        : RaftRole.RAFT_ROLE_FOLLOWER;
  }

  private String leader(int partition) {
    String leader = partitions.leader(partition);
    return leader == null ? "" : leader;
  }
}
