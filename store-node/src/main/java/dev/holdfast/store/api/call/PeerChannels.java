package dev.holdfast.store.api.call;

import dev.holdfast.common.tls.NodeSecurity;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One gRPC channel to every other store node; they connect when first used. */
public final class PeerChannels implements AutoCloseable {
  private static final long KEEP_ALIVE_SECONDS = 10;

  /** The answer to a batch of the largest request is several times as large. */
  private static final int ANSWER_BYTES_MAX = 64 << 20;

  private final Map<String, ManagedChannel> channels = new HashMap<>();

  /**
   * @param addresses host:port of the gRPC API by node id
   */
  public PeerChannels(Map<String, String> addresses, NodeSecurity security) {
    addresses.forEach((node, address) -> channels.put(node, connect(node, address, security)));
  }

  private static ManagedChannel connect(String node, String address, NodeSecurity security) {
    return security
        .channelTo(node, address)
        .directExecutor()
        .maxInboundMessageSize(ANSWER_BYTES_MAX)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(2, TimeUnit.SECONDS)
        .build();
  }

  /**
   * Null for a node that is not a peer, as this one. Who asks has a reason to think that the node
   * is there, so a connection that failed is tried again now and not only after gRPC's long pauses.
   */
  public @Nullable ManagedChannel to(String node) {
    ManagedChannel channel = channels.get(node);
    if (channel != null && channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
    return channel;
  }

  /**
   * Says from now on when the connection to a node breaks: as soon as its process ends, since the
   * kernel closes what it had open. On the transport's threads.
   */
  public void onLost(Consumer<String> lost) {
    channels.forEach((node, channel) -> watch(node, channel, channel.getState(false), lost));
  }

  private static void watch(
      String node, ManagedChannel channel, ConnectivityState state, Consumer<String> lost) {
    channel.notifyWhenStateChanged(
        state,
        () -> {
          ConnectivityState now = channel.getState(false);
          if (state == ConnectivityState.READY && now != ConnectivityState.SHUTDOWN) {
            lost.accept(node);
          }
          if (now != ConnectivityState.SHUTDOWN) {
            watch(node, channel, now, lost);
          }
        });
  }

  /** All other nodes, the given one first if it is one of them. */
  public List<String> startingWith(@Nullable String first) {
    return channels.keySet().stream()
        .sorted(Comparator.comparing((String node) -> !node.equals(first)).thenComparing(n -> n))
        .toList();
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
