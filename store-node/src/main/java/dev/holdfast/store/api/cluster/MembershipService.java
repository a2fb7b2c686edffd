package dev.holdfast.store.api.cluster;

import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.cluster.v1.IntroduceRequest;
import dev.holdfast.proto.cluster.v1.IntroduceResponse;
import dev.holdfast.proto.cluster.v1.JoinRequest;
import dev.holdfast.proto.cluster.v1.JoinResponse;
import dev.holdfast.proto.cluster.v1.MembershipServiceGrpc;
import dev.holdfast.store.membership.Introduction;
import dev.holdfast.store.membership.NodeIdentity;
import dev.holdfast.store.membership.Seating;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.raft.ReadBarrier;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Answers nodes that look for their place. */
public final class MembershipService extends MembershipServiceGrpc.MembershipServiceImplBase {
  private final Partitions partitions;
  private final NodeIdentity identity;

  public MembershipService(Partitions partitions, NodeIdentity identity) {
    this.partitions = partitions;
    this.identity = identity;
  }

  @Override
  public void introduce(IntroduceRequest request, StreamObserver<IntroduceResponse> caller) {
    Introduction.Layout layout = identity.layout();
    caller.onNext(
        IntroduceResponse.newBuilder()
            .setNodeId(partitions.self())
            .setClusterId(layout.clusterId())
            .setPartitionCount(layout.partitions())
            .putAllPinned(layout.pinned())
            .addAllMembers(layout.members())
            .setDiskId(identity.disk())
            .setBootstraps(identity.bootstraps())
            .putAllFounders(identity.founders())
            .addAllIncarnations(incarnations(request.getNodeId()))
            .build());
    caller.onCompleted();
  }

  private List<Integer> incarnations(String node) {
    return partitions.all().stream()
        .map(replica -> replica.membership().incarnationOf(node))
        .toList();
  }

  @Override
  public void join(JoinRequest request, StreamObserver<JoinResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.partition("partition", request.getPartition(), partitions.count());
    if (!partitions.nodeIds().contains(request.getNodeId())) {
      rules.violate("node_id", "must be a node of the cluster: " + partitions.nodeIds());
    }
    if (!rules.isValid()) {
      caller.onError(Statuses.exception(Statuses.invalid(rules.violations())));
      return;
    }
    PartitionReplica replica = partitions.get(request.getPartition());
    if (!replica.isLeading()) {
      caller.onError(notLeading("this node does not lead partition " + replica.partition()));
    } else if (request.hasIncarnation()) {
      seat(replica, request, caller);
    } else {
      replica.await(new Naming(replica, request.getNodeId(), caller));
    }
  }

  private static void seat(
      PartitionReplica replica, JoinRequest request, StreamObserver<JoinResponse> caller) {
    try {
      Seating.step(
          replica, request.getNodeId(), request.getIncarnation(), request.getLastLogIndex());
      caller.onNext(JoinResponse.getDefaultInstance());
      caller.onCompleted();
    } catch (IllegalStateException e) {
      caller.onError(notLeading(String.valueOf(e.getMessage())));
    }
  }

  private static Throwable notLeading(String why) {
    return Statuses.exception(new Refusal(Reason.NO_LEADER, "not tried: " + why));
  }

  /** Names an incarnation once this leader is known to be the latest. */
  private record Naming(PartitionReplica replica, String node, StreamObserver<JoinResponse> caller)
      implements ReadBarrier.Waiting {
    @Override
    public void ready() {
      try {
        int next = replica.membership().nextIncarnation(node);
        caller.onNext(JoinResponse.newBuilder().setIncarnation(next).build());
        caller.onCompleted();
      } catch (IllegalStateException e) {
        unavailable(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public void unavailable(String why) {
      caller.onError(notLeading(why));
    }
  }
}
