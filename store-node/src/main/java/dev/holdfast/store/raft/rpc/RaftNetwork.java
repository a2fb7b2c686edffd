package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.rpc.RaftRpcServerFactory;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.rpc.impl.ConnectionClosedEventListener;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Raft's network of one node: the server for its peers, and its lines to them. */
public final class RaftNetwork implements AutoCloseable {
  private static final Attributes.Key<PeerConnection> CONNECTION =
      Attributes.Key.create("connection");

  private final NetworkThreads threads = new NetworkThreads();
  private final Processors processors = new Processors();
  private final List<ConnectionClosedEventListener> closedListeners = new CopyOnWriteArrayList<>();
  private final Lines lines;
  private final Server server;

  /**
   * Listens.
   *
   * @param pool runs the handlers of requests
   */
  public RaftNetwork(InetSocketAddress address, ScheduledExecutorService timer, Executor pool)
      throws IOException {
    lines = new Lines(threads, timer, pool);
    RaftRpcServerFactory.addRaftRequestProcessors(new Registration(), pool, pool, pool);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .directExecutor()
            .flowControlWindow(RaftStreams.WINDOW_BYTES)
            .maxInboundMessageSize(RaftStreams.MESSAGE_BYTES_MAX)
            .addTransportFilter(new Connections())
            .addService(
                ServerServiceDefinition.builder(RaftStreams.SERVICE)
                    .addMethod(RaftStreams.EXCHANGE, (ServerCallHandler<Frame, Frame>) this::exchange)
                    .build());
    threads.use(builder);
    server = builder.build();
    try {
      server.start();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private ServerCall.Listener<Frame> exchange(ServerCall<Frame, Frame> call, Metadata headers) {
    PeerConnection connection = Objects.requireNonNull(call.getAttributes().get(CONNECTION));
    FrameExchange exchange = new FrameExchange(call, connection, processors);
    exchange.begin();
    return exchange;
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

  /** Gives each connection its state, and tells JRaft when it ends. */
  private final class Connections extends ServerTransportFilter {
    @Override
    public Attributes transportReady(Attributes attributes) {
      String peer = String.valueOf(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
      return attributes.toBuilder().set(CONNECTION, new PeerConnection(peer)).build();
    }

    @Override
    public void transportTerminated(Attributes attributes) {
      PeerConnection connection = attributes.get(CONNECTION);
      if (connection != null) {
        closedListeners.forEach(listener -> listener.onClosed(connection.peer(), connection));
      }
    }
  }

  /** The server as JRaft knows it: it adds handlers, and leaves starting and stopping to the node. */
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
      closedListeners.add(listener);
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
