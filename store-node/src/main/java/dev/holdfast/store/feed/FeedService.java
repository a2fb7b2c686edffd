package dev.holdfast.store.feed;

import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.GetHeadRequest;
import dev.holdfast.proto.feed.v1.GetHeadResponse;
import dev.holdfast.proto.feed.v1.SubscribeRequest;
import dev.holdfast.proto.feed.v1.SubscribeResponse;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.raft.ReadBarrier;
import dev.holdfast.store.state.read.StateReads;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Opens subscriptions on this node's replicas, leading or not. */
public final class FeedService extends FeedServiceGrpc.FeedServiceImplBase {
  private final Partitions partitions;
  private final FeedPump pump;

  public FeedService(Partitions partitions, FeedPump pump) {
    this.partitions = partitions;
    this.pump = pump;
    partitions.all().forEach(replica -> replica.onApplied(pump::wake));
  }

  @Override
  public void subscribe(SubscribeRequest request, StreamObserver<SubscribeResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.partition("partition", request.getPartition(), partitions.count());
    rules.sequence("from_sequence", request.getFromSequence());
    if (!rules.isValid()) {
      caller.onError(Statuses.exception(Statuses.invalid(rules.violations())));
      return;
    }
    PartitionReplica replica = partitions.get(request.getPartition());
    Refusal refusal = LogBounds.refusal(replica, request.getFromSequence());
    if (refusal != null) {
      caller.onError(Statuses.exception(refusal));
      return;
    }
    var reader = (ServerCallStreamObserver<SubscribeResponse>) caller;
    reader.setOnReadyHandler(pump::wake);
    reader.setOnCancelHandler(pump::wake);
    pump.add(new Subscription(replica, request.getFromSequence(), reader));
  }

  @Override
  public void getHead(GetHeadRequest request, StreamObserver<GetHeadResponse> caller) {
    FieldRules rules = new FieldRules();
    rules.partition("partition", request.getPartition(), partitions.count());
    if (!rules.isValid()) {
      caller.onError(Statuses.exception(Statuses.invalid(rules.violations())));
      return;
    }
    PartitionReplica replica = partitions.get(request.getPartition());
    String fault = replica.fault();
    if (fault != null) {
      String stopped = "this replica is stopped: " + fault;
      caller.onError(Statuses.exception(new Refusal(Reason.NO_LEADER, stopped)));
      return;
    }
    replica.await(new HeadRead(replica.state(), caller));
  }

  private record HeadRead(StateReads state, StreamObserver<GetHeadResponse> caller)
      implements ReadBarrier.Waiting {
    @Override
    public void ready() {
      long sequence = state.logEnd().sequence();
      caller.onNext(GetHeadResponse.newBuilder().setSequence(sequence).build());
      caller.onCompleted();
    }

    @Override
    public void unavailable(String why) {
      String message = "the head cannot be confirmed now: " + why;
      caller.onError(Statuses.exception(new Refusal(Reason.NO_LEADER, message)));
    }
  }
}
