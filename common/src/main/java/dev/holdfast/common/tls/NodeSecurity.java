package dev.holdfast.common.tls;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.SecurityKeys;
import dev.holdfast.common.config.SecurityMode;
import dev.holdfast.common.config.SecurityRelations;
import dev.holdfast.common.net.Handshakes;
import dev.holdfast.common.net.NetworkThreads;
import dev.holdfast.common.net.OpenConnections;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secures a node's connections with its certificate, or not at all. Looks every second whether
 * files changed, on a thread of its own, since a file system may hang.
 */
public final class NodeSecurity implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeSecurity.class);
  private static final long LOOK_MILLIS = 1_000;
  private static final Duration SOON = Duration.ofDays(14);
  private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);
  private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private final String cluster;
  private final int connectionsPerAddressMax;
  private final @Nullable TlsIdentity identity;
  private final InstantSource clock;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setNameFormat("certificates").setDaemon(true).build());
  private final @Nullable NetworkThreads threads;
  private final OpenConnections toNodes = new OpenConnections();
  private final Handshakes handshakes;
  private Instant nextWarning = Instant.MIN;

  NodeSecurity(
      @Nullable TlsIdentity identity,
      String cluster,
      int connectionsPerAddressMax,
      Handshakes handshakes,
      InstantSource clock) {
    this.identity = identity;
    this.threads = identity == null ? null : new NetworkThreads("to-nodes", 0);
    this.cluster = cluster;
    this.connectionsPerAddressMax = connectionsPerAddressMax;
    this.handshakes = handshakes;
    this.clock = clock;
  }

  /** No security: plaintext to and from everybody. */
  public static NodeSecurity off() {
    Handshakes none = new Handshakes(new CompositeMeterRegistry());
    return new NodeSecurity(null, "", Integer.MAX_VALUE, none, InstantSource.system());
  }

  /**
   * Reads the certificates of a node, and again when they change.
   *
   * @throws ConfigException if a file is missing, or its content is not good for this node
   */
  public static NodeSecurity open(SecurityKeys keys, String node, MeterRegistry meters) {
    if (keys.mode() == SecurityMode.OFF) {
      LOG.warn(
          "holdfast.security.mode is off: connections are not encrypted, and whoever reaches this"
              + " node may do anything");
      return off();
    }
    TlsIdentity identity = load(keys, node);
    NodeSecurity security =
        new NodeSecurity(
            identity,
            keys.cluster(),
            keys.connectionsPerAddressMax(),
            new Handshakes(meters),
            InstantSource.system());
    Gauge.builder("holdfast.certificate.expiry", identity, security::daysLeft)
        .description("time until this node's certificate ends, or one that it depends on")
        .baseUnit("days")
        .register(meters);
    security.start();
    return security;
  }

  private static TlsIdentity load(SecurityKeys keys, String node) {
    TlsFiles files =
        new TlsFiles(
            keys.certificate(),
            keys.key(),
            keys.authorities(),
            SecurityRelations.isSet(keys.revoked()) ? keys.revoked() : null);
    try {
      return TlsIdentity.load(files, CertificateName.node(keys.cluster(), node));
    } catch (TlsFileException e) {
      throw new ConfigException("no TLS with these holdfast.security keys: " + e.getMessage(), e);
    }
  }

  private void start() {
    var unused = timer.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** This node's certificate; null while connections are not secured. */
  public @Nullable TlsIdentity identity() {
    return identity;
  }

  /** The id of the cluster in the names of certificates. */
  public String cluster() {
    return cluster;
  }

  /** The number of connections that one address may have to a server. */
  public int connectionsPerAddressMax() {
    return connectionsPerAddressMax;
  }

  /** The handshakes of this node's servers that failed. */
  public Handshakes handshakes() {
    return handshakes;
  }

  /**
   * Prepares a channel to a node of the cluster, which must show the certificate of that node.
   *
   * @param target its host and port
   */
  public NettyChannelBuilder channelTo(String node, String target) {
    if (identity == null || threads == null) {
      return NettyChannelBuilder.forTarget(target).usePlaintext();
    }
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget(target, identity.callerOfNodes(cluster))
            .overrideAuthority(node);
    threads.use(builder, toNodes);
    return builder;
  }

  /** Runs a task after each look at the files, which may have revoked certificates. */
  public void afterEachLook(Runnable task) {
    listeners.add(task);
  }

  /** One look at the files. What fails keeps nothing else from being done. */
  void look() {
    TlsIdentity tls = identity;
    if (tls == null) {
      return;
    }
    run(tls::refresh);
    run(() -> toNodes.end(tls::isRevoked));
    listeners.forEach(NodeSecurity::run);
    run(() -> warnInTime(tls));
  }

  private static void run(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.error("a step of a look at the certificates failed", e);
    }
  }

  private void warnInTime(TlsIdentity tls) {
    Instant now = clock.instant();
    if (now.isBefore(nextWarning)) {
      return;
    }
    if (left(tls).compareTo(SOON) < 0) {
      nextWarning = now.plus(BETWEEN_WARNINGS);
      LOG.warn("{}: renew it", status());
    }
    Optional<Instant> due = tls.revocationListsDue().filter(now::isAfter);
    if (due.isPresent()) {
      nextWarning = now.plus(BETWEEN_WARNINGS);
      LOG.warn(
          "a revocation list in holdfast.security.revoked was due for a newer one at {}: it counts"
              + " on, and what was revoked since then is not known here",
          due.get());
    }
  }

  private double daysLeft(TlsIdentity tls) {
    return left(tls).toSeconds() / DAY_SECONDS;
  }

  private Duration left(TlsIdentity tls) {
    return Duration.between(clock.instant(), tls.validUntil());
  }

  /** How connections are secured, for health: tls or off, and whether a certificate ends soon. */
  public String status() {
    if (identity == null) {
      return SecurityMode.OFF.toString();
    }
    Duration left = left(identity);
    if (left.compareTo(SOON) >= 0) {
      return SecurityMode.TLS.toString();
    }
    return left.isNegative()
        ? "tls, but the certificate of this node expired at " + identity.validUntil()
        : "tls, but the certificate of this node expires in %d days, at %s"
            .formatted(left.toDays(), identity.validUntil());
  }

  @Override
  public void close() {
    timer.shutdownNow();
    if (threads != null) {
      threads.close();
    }
  }
}
