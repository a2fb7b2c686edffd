package dev.holdfast.common.client;

import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The nodes that the client knows, by address. Safe for use by many threads. */
final class Nodes implements AutoCloseable {
  private final ChannelMaker maker;
  private final int channelsPerNode;
  private final AtomicInteger turn = new AtomicInteger(ThreadLocalRandom.current().nextInt(1_000));
  private volatile List<NodeChannel> known = List.of();

  Nodes(ChannelMaker maker, int channelsPerNode, List<String> endpoints) {
    this.maker = maker;
    this.channelsPerNode = channelsPerNode;
    endpoints.forEach(this::at);
  }

  /** The node at an address, which is added if it is new. */
  NodeChannel at(String address) {
    NodeChannel found = find(address);
    return found == null ? add(address) : found;
  }

  /** A node that is not avoided, in rotation; if possible, not the one tried last. */
  NodeChannel any(@Nullable NodeChannel last) {
    List<NodeChannel> nodes = known;
    int start = Math.floorMod(turn.getAndIncrement(), nodes.size());
    for (int step = 0; step < nodes.size(); step++) {
      NodeChannel node = nodes.get((start + step) % nodes.size());
      if (node != last && node.isUsable()) {
        return node;
      }
    }
    return nodes.get(start);
  }

  /** Whether there is no node that could answer: each differs from this client about TLS. */
  boolean allRefuse() {
    return known.stream().allMatch(NodeChannel::refuses);
  }

  int count() {
    return known.size();
  }

  private @Nullable NodeChannel find(String address) {
    for (NodeChannel node : known) {
      if (node.address().equals(address)) {
        return node;
      }
    }
    return null;
  }

  private synchronized NodeChannel add(String address) {
    NodeChannel found = find(address);
    if (found != null) {
      return found;
    }
    List<NodeChannel> more = new ArrayList<>(known);
    NodeChannel node = open(address);
    more.add(node);
    known = List.copyOf(more);
    return node;
  }

  private NodeChannel open(String address) {
    List<ManagedChannel> channels = new ArrayList<>();
    for (int i = 0; i < channelsPerNode; i++) {
      channels.add(maker.channelTo(address));
    }
    return new NodeChannel(address, channels, maker.inTheClear());
  }

  @Override
  public void close() {
    known.forEach(NodeChannel::close);
    maker.close();
  }
}
