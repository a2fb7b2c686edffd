package dev.holdfast.store.api.cluster;

import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetNodeStatusRequest;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.store.api.call.PeerChannels;
import dev.holdfast.store.peers.StatusCalls;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks peers for their status over gRPC. */
public final class PeerStatusCalls implements StatusCalls {
  private static final Logger LOG = LoggerFactory.getLogger(PeerStatusCalls.class);
  private static final long DEADLINE_SECONDS = 1;

  private final PeerChannels peers;

  public PeerStatusCalls(PeerChannels peers) {
    this.peers = peers;
  }

  @Override
  public void ask(String node, Consumer<GetNodeStatusResponse> answered, Runnable failed) {
    Channel channel = peers.to(node);
    if (channel == null) {
      failed.run();
      return;
    }
    ClusterServiceGrpc.newStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .getNodeStatus(
            GetNodeStatusRequest.getDefaultInstance(), new Answer(node, answered, failed));
  }

  /** The end of the call comes once, whatever came before. */
  private static final class Answer implements StreamObserver<GetNodeStatusResponse> {
    private final String node;
    private final Consumer<GetNodeStatusResponse> answered;
    private final Runnable failed;
    private @Nullable GetNodeStatusResponse status;

    Answer(String node, Consumer<GetNodeStatusResponse> answered, Runnable failed) {
      this.node = node;
      this.answered = answered;
      this.failed = failed;
    }

    @Override
    public void onNext(GetNodeStatusResponse response) {
      status = response;
    }

    @Override
    public void onError(Throwable error) {
      LOG.debug("{} does not say how it is", node, error);
      failed.run();
    }

    @Override
    public void onCompleted() {
      if (status == null) {
        failed.run();
      } else {
        answered.accept(status);
      }
    }
  }
}
