package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.rpc.impl.ConnectionClosedEventListener;
import com.alipay.sofa.jraft.rpc.impl.PingRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.GetFileRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.InstallSnapshotRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.ReadIndexRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.RequestVoteRequestProcessor;
import com.alipay.sofa.jraft.rpc.impl.core.TimeoutNowRequestProcessor;
import dev.holdfast.common.net.AddressLimit;
import dev.holdfast.common.net.Handshakes;
import dev.holdfast.common.net.NetworkThreads;
import dev.holdfast.common.net.OpenConnections;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raft's network of one node: the server for its peers, and its lines to them. */
public final class RaftNetwork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RaftNetwork.class);
  private static final int METADATA_BYTES_MAX = 8 << 10;
  private static final int REVOKED_MILLIS = 250;

  /** Members need a few each; several may have one address, as behind an address translation. */
  private static final int CONNECTIONS_PER_ADDRESS_MAX = 100;

  /** Of their own: callers can never delay a heartbeat. */
  private static final int THREADS = 2;

  private static final Attributes.Key<PeerConnection> CONNECTION =
      Attributes.Key.create("connection");

  private final NetworkThreads threads = new NetworkThreads("raft-network", THREADS);
  private final Processors processors;
  private final PeerTrust trust;
  private final OpenConnections accepted = new OpenConnections();
  private final Lines lines;
  private final Server server;

  /**
   * Listens.
   *
   * @param pool runs the handlers of requests
   */
  public RaftNetwork(
      InetSocketAddress address, PeerTrust trust, Handshakes handshakes, Executor pool)
      throws IOException {
    this(
        address,
        trust,
        handshakes,
        pool,
        server -> {
          server.registerProcessor(new AppendEntriesHandler(pool));
          server.registerProcessor(new GetFileRequestProcessor(pool));
          server.registerProcessor(new InstallSnapshotRequestProcessor(pool));
          server.registerProcessor(new RequestVoteRequestProcessor(pool));
          server.registerProcessor(new PingRequestProcessor(pool));
          server.registerProcessor(new TimeoutNowRequestProcessor(pool));
          server.registerProcessor(new ReadIndexRequestProcessor(pool));
        });
  }

  /** With other handlers. */
  RaftNetwork(
      InetSocketAddress address,
      PeerTrust trust,
      Handshakes handshakes,
      Executor background,
      Consumer<RpcServer> handlers)
      throws IOException {
    this.trust = trust;
    processors = new Processors(background);
    lines = new Lines(threads, trust, background);
    handlers.accept(new Registration());
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address, trust.serverCredentials())
            .handshakeTimeout(Handshakes.SECONDS_MAX, TimeUnit.SECONDS)
            .maxInboundMetadataSize(METADATA_BYTES_MAX)
            .directExecutor()
            .flowControlWindow(RaftStreams.WINDOW_BYTES)
            .maxInboundMessageSize(RaftStreams.MESSAGE_BYTES_MAX)
            .addTransportFilter(new Connections())
            .addService(
                ServerServiceDefinition.builder(RaftStreams.SERVICE)
                    .addMethod(
                        RaftStreams.EXCHANGE, (ServerCallHandler<Frame, Frame>) this::exchange)
                    .build());
    threads.use(
        builder,
        new AddressLimit(
            "of Raft", CONNECTIONS_PER_ADDRESS_MAX, accepted, handshakes, Handshakes.Port.RAFT));
    server = builder.build();
    try {
      server.start();
    } catch (IOException e) {
      close();
      throw e;
    }
    threads.repeat(this::endRevoked, REVOKED_MILLIS);
  }

  private ServerCall.Listener<Frame> exchange(ServerCall<Frame, Frame> call, Metadata headers) {
    PeerConnection connection = Objects.requireNonNull(call.getAttributes().get(CONNECTION));
    if (!trust.isMember(connection.certificate())) {
      LOG.warn("{} is no member of this cluster: refused", connection);
      call.close(
          Status.PERMISSION_DENIED.withDescription("only members of the cluster may call here"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    FrameExchange exchange = new FrameExchange(call, connection, processors, trust);
    exchange.begin();
    return exchange;
  }

  /** A certificate may be taken back while its connection is open. */
  private void endRevoked() {
    lines.endRevoked();
    accepted.end(trust::isRevoked);
  }

  Lines lines() {
    return lines;
  }

  /** The server for JRaft's groups; it runs already. */
  public RpcServer server() {
    return new Registration();
  }

  @Override
  public void close() {
    lines.close();
    server.shutdownNow();
    threads.close();
  }

  /** Gives each connection its state. */
  private static final class Connections extends ServerTransportFilter {
    @Override
    public Attributes transportReady(Attributes attributes) {
      PeerConnection connection =
          new PeerConnection(
              String.valueOf(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)),
              PeerTrust.certificate(attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION)).orElse(null));
      return attributes.toBuilder().set(CONNECTION, connection).build();
    }
  }

  /**
   * The server as JRaft knows it: it adds handlers, and leaves starting and stopping to the node.
   */
  private final class Registration implements RpcServer {
    @Override
    public boolean init(Void options) {
      return true;
    }

    @Override
    public void shutdown() {
      RaftNetwork.this.close();
    }

    @Override
    public void registerConnectionClosedEventListener(ConnectionClosedEventListener listener) {
      throw new UnsupportedOperationException("nothing is kept by connection");
    }

    @Override
    public void registerProcessor(RpcProcessor<?> processor) {
      processors.add(processor);
    }

    @Override
    public int boundPort() {
      return server.getPort();
    }

    @Override
    public boolean isStarted() {
      return !server.isShutdown();
    }
  }
}
