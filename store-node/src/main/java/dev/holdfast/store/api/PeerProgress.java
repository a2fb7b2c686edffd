package dev.holdfast.store.api;

import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetNodeStatusRequest;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks another node how far its replicas got. */
public final class PeerProgress {
  private static final Logger LOG = LoggerFactory.getLogger(PeerProgress.class);
  private static final long DEADLINE_SECONDS = 1;

  private final PeerChannels peers;

  public PeerProgress(PeerChannels peers) {
    this.peers = peers;
  }

  /**
   * Tells the applied Raft index of a partition on a node; tells nothing when it does not answer.
   */
  public void ask(String node, int partition, LongConsumer appliedIndex) {
    Channel channel = peers.to(node);
    if (channel != null) {
      ClusterServiceGrpc.newStub(channel)
          .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
          .getNodeStatus(
              GetNodeStatusRequest.getDefaultInstance(), new Answer(node, partition, appliedIndex));
    }
  }

  private record Answer(String node, int partition, LongConsumer appliedIndex)
      implements StreamObserver<GetNodeStatusResponse> {
    @Override
    public void onNext(GetNodeStatusResponse status) {
      status.getReplicasList().stream()
          .filter(replica -> replica.getPartition() == partition && replica.getFault().isEmpty())
          .forEach(replica -> appliedIndex.accept(replica.getAppliedIndex()));
    }

    @Override
    public void onError(Throwable error) {
      LOG.debug("{} does not say how far it got", node, error);
    }

    @Override
    public void onCompleted() {
      // One answer is all.
    }
  }
}
