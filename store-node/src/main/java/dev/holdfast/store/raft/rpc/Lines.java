package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.ReplicatorGroup;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.util.Endpoint;
import dev.holdfast.common.net.NetworkThreads;
import dev.holdfast.common.net.OpenConnections;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The lines from this node to its peers, shared by all its groups. */
final class Lines implements AutoCloseable {
  private static final long SWEEP_MILLIS = 50;
  private static final int CONNECT_MILLIS_MAX = 1_000;

  /** The lines to one peer: files must not keep heartbeats waiting. */
  private record Peer(Line talk, Line files) {}

  private final NetworkThreads threads;
  private final PeerTrust trust;
  private final Executor background;
  private final OpenConnections connections = new OpenConnections();
  private final Map<Endpoint, Peer> peers = new ConcurrentHashMap<>();
  private final Set<ReplicatorGroup> groups = ConcurrentHashMap.newKeySet();

  /**
   * @param background for short tasks that may wait for locks of Raft
   */
  Lines(NetworkThreads threads, PeerTrust trust, Executor background) {
    this.threads = threads;
    this.trust = trust;
    this.background = background;
    threads.repeat(() -> each(Line::sweep), SWEEP_MILLIS);
  }

  /** A group whose replicators want to know when a peer can be reached again. */
  void add(ReplicatorGroup group) {
    groups.add(group);
  }

  void remove(ReplicatorGroup group) {
    groups.remove(group);
  }

  Line talk(Endpoint endpoint) {
    return peer(endpoint).talk();
  }

  Line files(Endpoint endpoint) {
    return peer(endpoint).files();
  }

  private Peer peer(Endpoint endpoint) {
    return peers.computeIfAbsent(endpoint, this::open);
  }

  private Peer open(Endpoint endpoint) {
    String name = endpoint.toString();
    return new Peer(
        new Line(name, () -> connect(endpoint), () -> background.execute(() -> wake(endpoint))),
        new Line(name, () -> connect(endpoint), () -> {}));
  }

  private void wake(Endpoint endpoint) {
    PeerId peer = new PeerId(endpoint, 0);
    groups.forEach(group -> group.checkReplicator(peer, true));
  }

  private ManagedChannel connect(Endpoint endpoint) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(
                endpoint.getIp(), endpoint.getPort(), trust.callerCredentials())
            .overrideAuthority(trust.authorityOf(endpoint))
            .directExecutor()
            .disableRetry()
            .flowControlWindow(RaftStreams.WINDOW_BYTES)
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
            .maxInboundMessageSize(RaftStreams.MESSAGE_BYTES_MAX);
    threads.use(builder, connections);
    return builder.build();
  }

  /** Ends the connections to peers whose certificates were taken back. */
  void endRevoked() {
    connections.end(trust::isRevoked);
  }

  private void each(Consumer<Line> task) {
    for (Peer peer : peers.values()) {
      task.accept(peer.talk());
      task.accept(peer.files());
    }
  }

  @Override
  public void close() {
    each(Line::close);
  }
}
