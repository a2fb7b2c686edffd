package dev.holdfast.common.server;

import dev.holdfast.common.net.NetworkThreads;
import dev.holdfast.common.net.OpenConnections;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.common.tls.TlsIdentity;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a gRPC server with TLS. Bounds what callers cost that nobody knows yet: their
 * number by address, the time of a handshake, the size of headers. Ends the connections of revoked
 * certificates.
 */
final class TlsConnections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsConnections.class);
  private static final int HANDSHAKE_SECONDS_MAX = 5;

  /** A token of the largest size and what else comes with it. */
  private static final int METADATA_BYTES_MAX = 16 << 10;

  private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final TlsIdentity identity;
  private final int perAddressMax;
  private final NetworkThreads threads = new NetworkThreads("grpc-callers", 0);
  private final OpenConnections open = new OpenConnections();
  private final Map<InetAddress, Integer> countByAddress = new ConcurrentHashMap<>();
  private final AtomicLong nextLogNanos = new AtomicLong(System.nanoTime());

  TlsConnections(TlsIdentity identity, NodeSecurity security) {
    this.identity = identity;
    this.perAddressMax = security.connectionsPerAddressMax();
    security.afterEachLook(() -> open.end(identity::isRevoked));
  }

  NettyServerBuilder server(InetSocketAddress address) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address, identity.server(ClientAuth.OPTIONAL))
            .handshakeTimeout(HANDSHAKE_SECONDS_MAX, TimeUnit.SECONDS)
            .maxInboundMetadataSize(METADATA_BYTES_MAX);
    threads.use(builder, new Accepting());
    return builder;
  }

  /** The number of connections, those that shake hands included. */
  int count() {
    return open.count();
  }

  /** Lets in so many connections of an address, before anything is read from them. */
  @Sharable
  private final class Accepting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      Channel channel = (Channel) accepted;
      if (channel.remoteAddress() instanceof InetSocketAddress remote
          && enter(remote.getAddress())) {
        var unused = channel.closeFuture().addListener(closed -> leave(remote.getAddress()));
        context.fireChannelRead(open.add(channel));
      } else {
        channel.unsafe().closeForcibly();
      }
    }
  }

  private boolean enter(InetAddress address) {
    if (countByAddress.merge(address, 1, Integer::sum) <= perAddressMax) {
      return true;
    }
    leave(address);
    logRefused(address);
    return false;
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
  public void close() {
    threads.close();
  }
}
