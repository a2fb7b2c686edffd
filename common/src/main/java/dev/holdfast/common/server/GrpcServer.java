package dev.holdfast.common.server;

import com.google.common.base.Throwables;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.common.tls.TlsIdentity;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerStreamTracer;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC server of a node, with health and reflection. Handlers run on the threads of the
 * network, so they must never block: a pool in between costs several times what a call does.
 */
public final class GrpcServer implements AutoCloseable {
  /** Bytes of one request: a batch of 10 000 commands of usual size fits well. */
  public static final int MESSAGE_BYTES_MAX = 4 << 20;

  /** The number of calls per connection; more wait at the client until one ends. */
  private static final int CALLS_PER_CONNECTION_MAX = 256;

  private static final Duration KEEPALIVE_INTERVAL = Duration.ofSeconds(30);
  private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CLIENT_KEEPALIVE_MIN = Duration.ofSeconds(5);

  private final Server server;
  private final @Nullable TlsConnections connections;
  private final AtomicBoolean stopAnnounced = new AtomicBoolean();
  private final HealthStatusManager health;

  private GrpcServer(
      Server server, HealthStatusManager health, @Nullable TlsConnections connections) {
    this.server = server;
    this.health = health;
    this.connections = connections;
  }

  /**
   * Prepares a server.
   *
   * @param port 0 takes a free one
   * @param portKey configuration key of the port, for messages
   */
  public static Builder builder(String host, int port, String portKey) {
    return new Builder(host, port, portKey);
  }

  /** The port that was bound. */
  public int port() {
    return server.getPort();
  }

  /** The number of connections, those that shake hands included; 0 without TLS. */
  int connections() {
    return connections == null ? 0 : connections.count();
  }

  /** The full names of the methods that it serves, those of health and reflection included. */
  public List<String> methods() {
    return server.getServices().stream()
        .flatMap(service -> service.getMethods().stream())
        .map(method -> method.getMethodDescriptor().getFullMethodName())
        .toList();
  }

  /** The health service, in which services report whether they serve. */
  public HealthStatusManager health() {
    return health;
  }

  /** Reports to health checks that the server stops, while calls continue. */
  public void announceStop() {
    if (!stopAnnounced.getAndSet(true)) {
      health.enterTerminalState();
    }
  }

  /**
   * Takes no more calls and waits for those in flight, which are cancelled when the time is up.
   *
   * @return whether all calls ended by themselves
   */
  public boolean shutdown(Duration drain) throws InterruptedException {
    announceStop();
    server.shutdown();
    boolean drained = server.awaitTermination(drain.toNanos(), TimeUnit.NANOSECONDS);
    if (!drained) {
      server.shutdownNow();
    }
    return drained;
  }

  /** Stops at once; does nothing after a shutdown. */
  @Override
  public void close() {
    announceStop();
    server.shutdownNow();
    if (connections != null) {
      connections.close();
    }
  }

  /** Builds a server. */
  public static final class Builder {
    private final String host;
    private final int port;
    private final String portKey;
    private final List<BindableService> services = new ArrayList<>();
    private final List<ServerInterceptor> interceptors = new ArrayList<>();
    private final List<ServerTransportFilter> filters = new ArrayList<>();
    private final List<ServerStreamTracer.Factory> streams = new ArrayList<>();
    private final List<ServerInterceptor> guards = new ArrayList<>();
    private AnswerBudget answers = new AnswerBudget();
    private @Nullable TlsConnections connections;

    private Builder(String host, int port, String portKey) {
      this.host = host;
      this.port = port;
      this.portKey = portKey;
    }

    public Builder service(BindableService service) {
      services.add(service);
      return this;
    }

    /** Sets a shared budget of unread answers. */
    public Builder answers(AnswerBudget budget) {
      answers = budget;
      return this;
    }

    /** Takes connections by TLS only, if the node has certificates. */
    public Builder secured(NodeSecurity security) {
      TlsIdentity identity = security.identity();
      connections = identity == null ? null : new TlsConnections(identity, security);
      return this;
    }

    /** Gives calls their request id and measures them. */
    public Builder measured(MeterRegistry registry) {
      return interceptor(new RequestIdInterceptor())
          .interceptor(new CallMetricsInterceptor(registry));
    }

    /** Adds an interceptor inside those added before. */
    public Builder interceptor(ServerInterceptor interceptor) {
      interceptors.add(interceptor);
      return this;
    }

    /** Adds a filter of connections. */
    public Builder connections(ServerTransportFilter filter) {
      filters.add(filter);
      return this;
    }

    /** Adds a watch over streams, which is told of each from its first byte on. */
    public Builder streams(ServerStreamTracer.Factory watch) {
      streams.add(watch);
      return this;
    }

    /** Adds an interceptor inside all others, where requests are parsed. */
    public Builder requests(ServerInterceptor guard) {
      guards.add(guard);
      return this;
    }

    /**
     * Listens.
     *
     * @throws ConfigException if the address cannot be bound
     */
    public GrpcServer start() {
      HealthStatusManager health = new HealthStatusManager();
      NettyServerBuilder builder = transport();
      services.forEach(service -> builder.addService(served(service)));
      builder.addService(served(health.getHealthService()));
      reflection().forEach(service -> builder.addService(served(service)));
      filters.forEach(builder::addTransportFilter);
      streams.forEach(builder::addStreamTracerFactory);
      AnswerBudgetInterceptor budget = new AnswerBudgetInterceptor(answers);
      builder.addTransportFilter(budget).intercept(budget); // the innermost
      for (int i = interceptors.size() - 1; i >= 0; i--) { // gRPC calls the last one first
        builder.intercept(interceptors.get(i));
      }
      return new GrpcServer(bind(builder.build()), health, connections);
    }

    private ServerServiceDefinition served(BindableService service) {
      return ReadableRequests.of(ServerInterceptors.intercept(service, guards));
    }

    /** Includes the older version of reflection, which many tools still use. */
    @SuppressWarnings("deprecation")
    private static List<BindableService> reflection() {
      return List.of(ProtoReflectionServiceV1.newInstance(), ProtoReflectionService.newInstance());
    }

    private NettyServerBuilder transport() {
      InetSocketAddress address = new InetSocketAddress(host, port);
      NettyServerBuilder builder =
          connections == null
              ? NettyServerBuilder.forAddress(address)
              : connections.server(address);
      return builder
          .directExecutor()
          .maxInboundMessageSize(MESSAGE_BYTES_MAX)
          .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION_MAX)
          .keepAliveTime(KEEPALIVE_INTERVAL.toSeconds(), TimeUnit.SECONDS)
          .keepAliveTimeout(KEEPALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
          .permitKeepAliveTime(CLIENT_KEEPALIVE_MIN.toSeconds(), TimeUnit.SECONDS)
          .permitKeepAliveWithoutCalls(true);
    }

    private Server bind(Server server) {
      try {
        return server.start();
      } catch (IOException e) {
        if (connections != null) {
          connections.close();
        }
        throw new ConfigException(
            "gRPC cannot listen on %s:%d (%s): stop what holds it or change %s"
                .formatted(host, port, Throwables.getRootCause(e).getMessage(), portKey),
            e);
      }
    }
  }
}
