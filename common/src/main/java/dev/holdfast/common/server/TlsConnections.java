package dev.holdfast.common.server;

import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.common.tls.TlsIdentity;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a gRPC server with TLS. Bounds what callers cost that nobody knows yet: their
 * number by address, the time of a handshake, the size of headers. Ends the connections of revoked
 * certificates.
 */
final class TlsConnections extends ServerTransportFilter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsConnections.class);
  private static final int HANDSHAKE_SECONDS_MAX = 5;

  /** A token of the largest size and what else comes with it. */
  private static final int METADATA_BYTES_MAX = 16 << 10;

  private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final TlsIdentity identity;
  private final int perAddressMax;
  private final NetworkThreads threads = new NetworkThreads("grpc-callers", 0);
  private final Map<SocketAddress, Connection> open = new ConcurrentHashMap<>();
  private final Map<InetAddress, Integer> countByAddress = new ConcurrentHashMap<>();
  private final AtomicLong nextLogNanos = new AtomicLong(System.nanoTime());

  /** An accepted connection, and the certificate once it was shown. */
  private static final class Connection {
    private final Channel channel;
    private volatile @Nullable X509Certificate certificate;

    Connection(Channel channel) {
      this.channel = channel;
    }
  }

  TlsConnections(TlsIdentity identity, NodeSecurity security) {
    this.identity = identity;
    this.perAddressMax = security.connectionsPerAddressMax();
    security.afterEachLook(this::endRevoked);
  }

  NettyServerBuilder server(InetSocketAddress address) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address, identity.server(ClientAuth.OPTIONAL))
            .handshakeTimeout(HANDSHAKE_SECONDS_MAX, TimeUnit.SECONDS)
            .maxInboundMetadataSize(METADATA_BYTES_MAX)
            .addTransportFilter(this);
    threads.use(builder, new Accepting());
    return builder;
  }

  /** The number of connections, those that shake hands included. */
  int count() {
    return open.size();
  }

  /** Lets in so many connections of an address, before anything is read from them. */
  @Sharable
  private final class Accepting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      Channel channel = (Channel) accepted;
      if (channel.remoteAddress() instanceof InetSocketAddress remote && enter(channel, remote)) {
        context.fireChannelRead(channel);
      } else {
        channel.unsafe().closeForcibly();
      }
    }
  }

  private boolean enter(Channel channel, InetSocketAddress remote) {
    InetAddress address = remote.getAddress();
    if (countByAddress.merge(address, 1, Integer::sum) > perAddressMax) {
      leave(address);
      logRefused(address);
      return false;
    }
    Connection connection = new Connection(channel);
    open.put(remote, connection);
    channel
        .closeFuture()
        .addListener(
            closed -> {
              open.remove(remote, connection);
              leave(address);
            });
    return true;
  }

  private void leave(InetAddress address) {
    countByAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  /** Once a minute: a flood must not flood the log. */
  private void logRefused(InetAddress address) {
    long now = System.nanoTime();
    long due = nextLogNanos.get();
    if (now - due >= 0 && nextLogNanos.compareAndSet(due, now + LOG_NANOS)) {
      LOG.warn(
          "{} has {} connections: more are refused, by"
              + " holdfast.security.connections-per-address-max",
          address.getHostAddress(),
          perAddressMax);
    }
  }

  @Override
  public Attributes transportReady(Attributes attributes) {
    SocketAddress remote = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    Connection connection = remote == null ? null : open.get(remote);
    if (connection != null) {
      connection.certificate = shown(attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
    }
    return attributes;
  }

  private static @Nullable X509Certificate shown(@Nullable SSLSession session) {
    try {
      return session != null && session.getPeerCertificates()[0] instanceof X509Certificate shown
          ? shown
          : null;
    } catch (SSLPeerUnverifiedException none) {
      return null;
    }
  }

  private void endRevoked() {
    open.forEach(
        (remote, connection) -> {
          X509Certificate certificate = connection.certificate;
          if (certificate != null && identity.isRevoked(certificate)) {
            LOG.warn(
                "the certificate of {} at {} is revoked: the connection is ended",
                CertificateName.of(certificate).map(Object::toString).orElse("somebody"),
                remote);
            end(connection.channel);
          }
        });
  }

  /** From below gRPC, which would wait for the calls of the connection to end. */
  private static void end(Channel channel) {
    ChannelHandlerContext lowest = channel.pipeline().firstContext();
    if (lowest != null) {
      var unused = lowest.close();
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
