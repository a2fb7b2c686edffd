package dev.holdfast.aggregator.source;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import dev.holdfast.aggregator.work.WorkThread;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetTopologyRequest;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one store node after the other, for as long as it takes, which partitions the cluster has,
 * and makes sure that it is the right cluster.
 */
public final class ClusterSearch implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(ClusterSearch.class);

  private final String clusterId;
  private final List<Replica> nodes;
  private final TailTiming timing;
  private final CompletableFuture<PartitionMap> partitions = new CompletableFuture<>();
  private final WorkThread thread =
      new WorkThread(
          "cluster-search",
          "the search for the cluster failed",
          () -> partitions.completeExceptionally(new IllegalStateException("bug")));

  public ClusterSearch(String clusterId, List<Replica> nodes) {
    this(clusterId, nodes, TailTiming.standard());
  }

  ClusterSearch(String clusterId, List<Replica> nodes, TailTiming timing) {
    this.clusterId = clusterId;
    this.nodes = List.copyOf(nodes);
    this.timing = timing;
  }

  /**
   * Starts asking.
   *
   * @return which store is in which partition; fails with {@link ClusterMismatchException} only
   */
  public CompletableFuture<PartitionMap> start() {
    thread.run(() -> ask(0));
    return partitions;
  }

  private void ask(int tries) {
    Replica node = nodes.get(tries % nodes.size());
    node.channel().resetConnectBackoff();
    ListenableFuture<GetTopologyResponse> answer =
        ClusterServiceGrpc.newFutureStub(node.channel())
            .withDeadlineAfter(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .getTopology(GetTopologyRequest.getDefaultInstance());
    Futures.addCallback(answer, new Answer(node, tries), thread::run);
  }

  /** What becomes of one question. */
  private final class Answer implements FutureCallback<GetTopologyResponse> {
    private final Replica node;
    private final int tries;

    Answer(Replica node, int tries) {
      this.node = node;
      this.tries = tries;
    }

    @Override
    public void onSuccess(@Nullable GetTopologyResponse topology) {
      if (topology == null) {
        again("it gives no answer");
      } else if (!topology.getClusterId().equals(clusterId)) {
        partitions.completeExceptionally(mismatch(node, topology.getClusterId()));
      } else if (topology.getPartitionCount() < 1) {
        again("it knows no partitions");
      } else {
        partitions.complete(
            new PartitionMap(topology.getPartitionCount(), topology.getPinnedMap()));
      }
    }

    @Override
    public void onFailure(Throwable cause) {
      again(String.valueOf(Status.fromThrowable(cause).getCode()));
    }

    private void again(String why) {
      if (tries < nodes.size()) {
        LOG.warn("waiting for the cluster: {} does not answer: {}", node.nodeId(), why);
      }
      thread.later(timing.beforeTry(tries + 1), () -> ask(tries + 1));
    }
  }

  private ClusterMismatchException mismatch(Replica node, String found) {
    return new ClusterMismatchException(
        node.nodeId()
            + " belongs to cluster "
            + found
            + ", not "
            + clusterId
            + "; see holdfast.cluster.id and holdfast.cluster.nodes");
  }

  @Override
  public void close() {
    thread.finish(STOPPED_WITHIN);
  }
}
