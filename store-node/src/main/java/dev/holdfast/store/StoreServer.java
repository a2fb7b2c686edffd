// Over 250 lines: the one place where a store node is wired
package dev.holdfast.store;

import dev.holdfast.common.access.Access;
import dev.holdfast.common.access.AccessService;
import dev.holdfast.common.access.AccessWatch;
import dev.holdfast.common.access.AuditTrail;
import dev.holdfast.common.access.TokenReader;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.NodeAddress;
import dev.holdfast.common.config.NodeCommand;
import dev.holdfast.common.http.HttpBinding;
import dev.holdfast.common.http.HttpEndpoint;
import dev.holdfast.common.server.GrpcServer;
import dev.holdfast.common.server.StartedParts;
import dev.holdfast.common.telemetry.Telemetry;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.common.tokens.Tokens;
import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.Node;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.LeaseServiceGrpc;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import dev.holdfast.store.api.call.Forwarding;
import dev.holdfast.store.api.call.HoldLimits;
import dev.holdfast.store.api.call.Mutations;
import dev.holdfast.store.api.call.PeerChannels;
import dev.holdfast.store.api.call.RefusalAnswers;
import dev.holdfast.store.api.cluster.ClusterService;
import dev.holdfast.store.api.cluster.MembershipCalls;
import dev.holdfast.store.api.cluster.MembershipService;
import dev.holdfast.store.api.cluster.NodeCondition;
import dev.holdfast.store.api.cluster.PeerStatusCalls;
import dev.holdfast.store.api.inventory.Batches;
import dev.holdfast.store.api.inventory.InventoryService;
import dev.holdfast.store.api.lease.LeaseService;
import dev.holdfast.store.api.lease.LeaseSettings;
import dev.holdfast.store.api.order.OrderService;
import dev.holdfast.store.api.terms.TermsService;
import dev.holdfast.store.api.transfer.HandoverCalls;
import dev.holdfast.store.api.transfer.HandoverService;
import dev.holdfast.store.api.transfer.TransferService;
import dev.holdfast.store.clock.LogClocks;
import dev.holdfast.store.clock.MajorityClock;
import dev.holdfast.store.clock.NodeClock;
import dev.holdfast.store.config.LockKeys;
import dev.holdfast.store.config.StoreNodeConfig;
import dev.holdfast.store.feed.ExportService;
import dev.holdfast.store.feed.Exports;
import dev.holdfast.store.feed.FeedPump;
import dev.holdfast.store.feed.FeedService;
import dev.holdfast.store.feed.WatchService;
import dev.holdfast.store.membership.Joining;
import dev.holdfast.store.membership.NodeIdentity;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.peers.ClockWatch;
import dev.holdfast.store.peers.PeerWatch;
import dev.holdfast.store.transfers.Handovers;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root of a store node: makes every part, wires it, and takes it down again. */
public final class StoreServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreServer.class);
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final List<String> SERVICES =
      List.of(
          InventoryServiceGrpc.SERVICE_NAME,
          TermsServiceGrpc.SERVICE_NAME,
          OrderServiceGrpc.SERVICE_NAME,
          LeaseServiceGrpc.SERVICE_NAME,
          TransferServiceGrpc.SERVICE_NAME,
          ClusterServiceGrpc.SERVICE_NAME,
          FeedServiceGrpc.SERVICE_NAME,
          ExportServiceGrpc.SERVICE_NAME,
          WatchServiceGrpc.SERVICE_NAME);

  private final StoreNodeConfig config;
  private final StartedParts parts;
  private final NodeSecurity security;
  private final Access access;
  private final NodeThreads threads = new NodeThreads();
  private final Partitions partitions;
  private final Handovers handovers;
  private final FeedPump feed;
  private final FeedPump watch;
  private final Exports exports;
  private final GrpcServer grpc;
  private volatile boolean started;

  private StoreServer(StoreNodeConfig config, NodeClock clock, StartedParts parts)
      throws IOException {
    this.config = config;
    this.parts = parts;
    Telemetry telemetry = parts.add(Telemetry.of(config.node().id()));
    // First: with it come the native libraries, which TLS would else unpack elsewhere.
    DataDirectory directory = parts.add(DataDirectory.claim(config));
    this.security =
        parts.add(NodeSecurity.open(config.security(), config.node().id(), telemetry.meters()));
    this.access = access(telemetry);
    parts.add(threads);
    DiskWatch disk = new DiskWatch(directory::usableBytes, config.storage().freeBytesMin().bytes());
    disk.run();
    LogClocks logClocks = new LogClocks(clock, new MajorityClock(), config.clock().tolerance());
    this.partitions =
        new Replicas(config, directory, logClocks, security, parts).make(threads, disk, telemetry);
    PeerChannels peers = parts.add(new PeerChannels(peerAddresses(), security));
    peers.onLost(partitions::lost);
    PeerWatch watched =
        new PeerWatch(peerAddresses().keySet(), new PeerStatusCalls(peers), clock.nanos());
    ClockWatch clocks = new ClockWatch(logClocks, watched, config.cluster().nodes().ids().size());
    measure(clocks, telemetry);
    this.handovers = parts.add(new Handovers(partitions, new HandoverCalls(partitions, peers)));
    this.feed = parts.add(new FeedPump("feed"));
    this.watch = parts.add(new FeedPump("watch"));
    this.exports = parts.add(new Exports(System::nanoTime));
    Gauge.builder("holdfast.exports.open", exports, Exports::count)
        .description("exports that are open on this node")
        .register(telemetry.meters());
    NodeCondition condition = new NodeCondition(clocks, () -> !disk.getAsBoolean(), () -> started);
    this.grpc = parts.add(startGrpc(peers, directory, condition, telemetry));
    NodeHealth health =
        new NodeHealth(
            partitions,
            disk,
            clocks::check,
            () -> access.status(security.status()),
            grpc.health(),
            SERVICES);
    HttpBinding http = new HttpBinding(config.http(), security, access);
    parts.add(HttpEndpoint.start(http, telemetry, health::report));
    new NodeTimers(config, partitions, watched, clocks).start(threads);
    threads.every(NodeTimers.WATCH_MILLIS, disk);
    threads.every(NodeTimers.WATCH_MILLIS, health);
    threads.every(NodeTimers.EXPORTS_MILLIS, exports::expire);
    threads.every(NodeTimers.HANDOVERS_MILLIS, handovers::run);
    parts.add(threads::stopTimers);
    // The last: of two nodes that start at once, one hears of the other before it takes part.
    MembershipCalls calls = new MembershipCalls(partitions.self(), partitions.nodeIds(), peers);
    parts.add(new Joining(partitions, calls, directory)).start();
    started = true;
  }

  /** Behind the data directory, which the audit stream lies in. */
  private Access access(Telemetry telemetry) {
    AccessWatch watch =
        parts.add(
            AuditTrail.start(
                config.security().mode(), config.audit(), config.node(), telemetry.meters()));
    TokenReader tokens =
        parts.add(Tokens.start(config.security().tokens(), telemetry.meters(), watch));
    return Access.of(config.security(), security, config.cluster().nodes().ids(), tokens, watch);
  }

  /** Starts the node; what was started is taken down again when something fails. */
  public static StoreServer start(StoreNodeConfig config) {
    return start(config, NodeClock.system());
  }

  /** The same with clocks of choice. */
  public static StoreServer start(StoreNodeConfig config, NodeClock clock) {
    StartedParts parts = new StartedParts();
    try {
      return new StoreServer(config, clock, parts);
    } catch (IOException e) {
      parts.close();
      throw new ConfigException("cannot start: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private Map<String, String> peerAddresses() {
    return config.cluster().nodes().nodes().stream()
        .filter(node -> !node.id().equals(config.node().id()))
        .collect(Collectors.toMap(NodeAddress::id, NodeAddress::grpcAddress));
  }

  private GrpcServer startGrpc(
      PeerChannels peers, NodeIdentity identity, NodeCondition condition, Telemetry telemetry) {
    int port = StoreNodeConfig.self(config).grpcPort();
    Forwarding forwarding = new Forwarding(partitions, peers);
    LockKeys locks = config.locks();
    HoldLimits limits =
        new HoldLimits(config.reservations().ttl(), config.reservations().lifeMax());
    RefusalAnswers refusals = RefusalAnswers.of(locks.rejectStatus(), locks.retryAfter());
    Mutations mutations = new Mutations(partitions, forwarding, refusals, limits);
    Batches batches = new Batches(partitions, forwarding, refusals, limits);
    LeaseSettings leases =
        new LeaseSettings(locks.enabled(), locks.ttl(), locks.renew(), locks.max());
    GrpcServer.Builder server =
        GrpcServer.builder(config.grpc().host(), port, "holdfast.cluster.nodes")
            .secured(security)
            .measured(telemetry.meters());
    return access
        .guard(server)
        .interceptor(Forwarding.interceptor())
        .service(new InventoryService(partitions, mutations, batches, threads.exports))
        .service(new TermsService(partitions, mutations))
        .service(new OrderService(mutations))
        .service(new LeaseService(partitions, mutations, leases))
        .service(new TransferService(partitions, mutations, peers, handovers))
        .service(new HandoverService(partitions))
        .service(new MembershipService(partitions, identity))
        .service(new FeedService(partitions, feed))
        .service(watchService(telemetry))
        .service(new ExportService(partitions, exports, threads.exports))
        .service(clusterService(condition))
        .service(new AccessService(access, config.node().id()))
        .start();
  }

  private static void measure(ClockWatch clocks, Telemetry telemetry) {
    Gauge.builder("holdfast.clock.offset", clocks, ClockWatch::offsetSeconds)
        .description("this node's clock against the majority's; NaN when that is not known")
        .baseUnit("seconds")
        .register(telemetry.meters());
  }

  private WatchService watchService(Telemetry telemetry) {
    WatchService service = new WatchService(partitions, watch, config.watch().watchersMax());
    Gauge.builder("holdfast.watchers", service, WatchService::count)
        .description("watchers that are connected to this node")
        .register(telemetry.meters());
    return service;
  }

  private ClusterService clusterService(NodeCondition condition) {
    List<Node> nodes =
        config.cluster().nodes().nodes().stream()
            .map(node -> Node.newBuilder().setId(node.id()).setGrpcAddress(node.grpcAddress()))
            .map(Node.Builder::build)
            .toList();
    String version = NodeCommand.version(StoreServer.class);
    return new ClusterService(config.cluster().id(), version, nodes, partitions, condition);
  }

  /** The full names of the methods that this node serves by gRPC. */
  public List<String> methods() {
    return grpc.methods();
  }

  /** The partitions of this node. */
  public Partitions partitions() {
    return partitions;
  }

  /** Readiness off, leadership handed over, calls drained, everything flushed and closed. */
  @Override
  public void close() {
    stop();
  }

  /** Closes, and tells whether all went well. */
  public boolean stop() {
    grpc.announceStop();
    boolean drained = new LeadershipDrain(partitions).run() && drain();
    boolean clean = parts.close();
    LOG.info("stopped {}", drained && clean ? "cleanly" : "with calls cut off");
    return drained && clean;
  }

  /** Subscriptions and watches never end by themselves, so they are ended first. */
  private boolean drain() {
    feed.close();
    watch.close();
    try {
      return grpc.shutdown(DRAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** For messages and tests. */
  List<PartitionReplica> replicas() {
    return partitions.all();
  }
}
