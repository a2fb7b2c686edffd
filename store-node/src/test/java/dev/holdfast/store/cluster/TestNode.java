package dev.holdfast.store.cluster;

import dev.holdfast.common.config.NodeArguments;
import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.store.StoreServer;
import dev.holdfast.store.clock.NodeClock;
import dev.holdfast.store.config.StoreNodeConfig;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.state.read.StateReads;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A node that can be stopped and started again, and a channel to it: both in the clear, unless it
 * is {@link #secured}.
 */
final class TestNode implements AutoCloseable {
  private static final int MESSAGE_BYTES_MAX = 64 << 20;

  final String id;
  final String address;
  private final Map<String, String> settings;
  private final AtomicLong wallClockOffsetMillis = new AtomicLong();
  private ChannelCredentials credentials = InsecureChannelCredentials.create();
  private @Nullable StoreServer server;
  private @Nullable ManagedChannel channel;

  TestNode(String id, String address, Map<String, String> settings) {
    this.id = id;
    this.address = address;
    this.settings = new HashMap<>(Map.of("holdfast.security.mode", "off"));
    this.settings.putAll(settings);
  }

  /** Changes a setting for the next start. */
  TestNode with(String key, String value) {
    settings.put("holdfast." + key, value);
    return this;
  }

  /** Lets it have a certificate, and calls on it be those of a caller. */
  TestNode secured(TestCertificates certificates, CallerIdentity caller) {
    certificates.keys(id).forEach(this::with);
    credentials = caller.credentials();
    return this;
  }

  /** The same settings for another node object, which is not started. */
  TestNode copy() {
    return new TestNode(id, address, settings);
  }

  /** The same node, for the calls of another caller. */
  TestNode calledBy(CallerIdentity caller) {
    TestNode same = copy();
    same.credentials = caller.credentials();
    return same;
  }

  Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  StoreNodeConfig config() {
    NodeArguments arguments = new NodeArguments(Optional.empty(), settings, false, false);
    return StoreNodeConfig.loader().load(arguments, Map.of());
  }

  Path dataDir() {
    return config().node().dataDir();
  }

  int grpcPort() {
    return config().cluster().nodes().find(id).orElseThrow().grpcPort();
  }

  int raftPort() {
    return config().cluster().nodes().find(id).orElseThrow().raftPort();
  }

  int httpPort() {
    return config().http().port();
  }

  TestNode start() {
    server = StoreServer.start(config(), clock());
    return this;
  }

  private NodeClock clock() {
    return new NodeClock(
        () -> Instant.now().plusMillis(wallClockOffsetMillis.get()), System::nanoTime);
  }

  /** Sets the node's wall clock, as somebody does who is root; also while it runs. */
  void setWallClock(Duration ahead) {
    wallClockOffsetMillis.set(ahead.toMillis());
  }

  boolean isRunning() {
    return server != null;
  }

  /** Whether it stopped cleanly. */
  boolean stop() {
    boolean clean = running().stop();
    server = null;
    return clean;
  }

  StoreServer running() {
    return Objects.requireNonNull(server, id + " does not run");
  }

  PartitionReplica replica(int partition) {
    return running().partitions().get(partition);
  }

  StateReads state(int partition) {
    return replica(partition).state();
  }

  ManagedChannel channel() {
    ManagedChannel known = channel;
    if (known == null) {
      known =
          NettyChannelBuilder.forTarget(address, credentials)
              .maxInboundMessageSize(MESSAGE_BYTES_MAX)
              .build();
      channel = known;
    }
    return known;
  }

  /** A new connection, by other credentials. */
  ManagedChannel channel(ChannelCredentials others) {
    return NettyChannelBuilder.forTarget(address, others).build();
  }

  /** Calls on this node. */
  Caller call() {
    return new Caller(channel());
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (server != null) {
      stop();
    }
  }
}
