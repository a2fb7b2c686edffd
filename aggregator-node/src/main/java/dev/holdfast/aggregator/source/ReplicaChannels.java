package dev.holdfast.aggregator.source;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.holdfast.common.config.NodeAddress;
import dev.holdfast.common.tls.NodeSecurity;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One channel per store node, shared by all partitions, and the threads that decode. */
public final class ReplicaChannels implements AutoCloseable {
  /** Far above any batch: a reservation of 1 000 lines is about 150 KB. */
  private static final int MESSAGE_BYTES_MAX = 64 << 20;

  private final ExecutorService decoders;
  private final List<Replica> replicas;

  public ReplicaChannels(List<NodeAddress> nodes, NodeSecurity security) {
    decoders =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            new ThreadFactoryBuilder().setNameFormat("feed-decoder-%d").setDaemon(true).build());
    replicas = nodes.stream().map(node -> replica(node, security)).toList();
  }

  private Replica replica(NodeAddress node, NodeSecurity security) {
    ManagedChannel channel =
        security
            .channelTo(node.id(), node.grpcAddress())
            .executor(decoders)
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .build();
    return new Replica(node.id(), channel);
  }

  public List<Replica> replicas() {
    return replicas;
  }

  @Override
  public void close() {
    replicas.forEach(replica -> replica.channel().shutdownNow());
    decoders.shutdown();
  }
}
