package dev.holdfast.common.client;

import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetTopologyRequest;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes to the leader of a store's partition and keeps the topology fresh: every few seconds, and
 * at once when a call got lost. Every second try goes to another node, which forwards, in case the
 * known leader is wrong.
 */
final class LeaderRouter implements Router {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderRouter.class);
  private static final long REFRESH_SECONDS = 2;
  private static final long REFRESH_GAP_MILLIS = 50;
  private static final long REFRESH_DEADLINE_MILLIS = 1_000;

  private final Nodes nodes;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private volatile @Nullable Topology topology;

  LeaderRouter(Nodes nodes, ScheduledExecutorService timer) {
    this.nodes = nodes;
    this.timer = timer;
  }

  /** Starts to keep the topology fresh, until the timer is shut down. */
  void start() {
    var unused = timer.scheduleWithFixedDelay(this::refresh, 0, REFRESH_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public NodeChannel pick(@Nullable String store, int triesBefore, @Nullable NodeChannel last) {
    Topology known = topology;
    if (known != null && store != null && (triesBefore & 1) == 0) {
      NodeChannel leader = known.leaderOf(store);
      if (leader != null && leader.isUsable()) {
        return leader;
      }
    }
    return nodes.any(last);
  }

  @Override
  public int partitionOf(String store) {
    Topology known = topology;
    return known == null ? 0 : known.partitionOf(store);
  }

  @Override
  public boolean isHopeless() {
    return nodes.allRefuse();
  }

  @Override
  public void onLost() {
    if (!refreshing.get()) {
      refresh();
    }
  }

  /** Takes a node's answer about the cluster. */
  void learn(GetTopologyResponse response) {
    topology = Topology.of(response, nodes);
  }

  /** Exceptions must neither end the refreshing nor reach the call that failed. */
  private void refresh() {
    if (!timer.isShutdown() && refreshing.compareAndSet(false, true)) {
      try {
        ask(nodes.any(null));
      } catch (RuntimeException e) {
        LOG.warn("the topology could not be asked for", e);
        refreshing.set(false);
      }
    }
  }

  private void ask(NodeChannel node) {
    var call =
        ClusterServiceGrpc.newFutureStub(node.channel())
            .withDeadlineAfter(REFRESH_DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
            .getTopology(GetTopologyRequest.getDefaultInstance());
    var unused =
        StubFutures.of(call)
            .thenAccept(this::learn)
            .whenComplete((learned, thrown) -> refreshed(node, thrown));
  }

  /** Allows the next refresh after a pause, since calls fail in crowds. */
  private void refreshed(NodeChannel node, @Nullable Throwable thrown) {
    Failure failure = thrown == null ? null : HoldfastException.from(thrown).failure();
    if (failure != null && failure.blamesNode()) {
      node.failed(failure);
    } else {
      node.answered();
    }
    if (!timer.isShutdown()) {
      var unused =
          timer.schedule(() -> refreshing.set(false), REFRESH_GAP_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
