package dev.holdfast.common.net;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in so many connections of an address, before anything is read from them, and none of one
 * whose handshakes failed too often.
 */
@Sharable
public final class AddressLimit extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(AddressLimit.class);
  private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String name;
  private final int max;
  private final OpenConnections let;
  private final Handshakes handshakes;
  private final Handshakes.Port port;
  private final FailedLogins failed;
  private final Map<InetAddress, Integer> counts = new ConcurrentHashMap<>();
  private final AtomicLong nextLogNanos = new AtomicLong(System.nanoTime());

  /**
   * Makes the limit of one server.
   *
   * @param name of the limit, for the log
   * @param let gets the connections that are let in
   * @param handshakes sees how their handshakes end
   */
  public AddressLimit(
      String name, int max, OpenConnections let, Handshakes handshakes, Handshakes.Port port) {
    this(name, max, let, handshakes, port, new FailedLogins(System::nanoTime));
  }

  AddressLimit(
      String name,
      int max,
      OpenConnections let,
      Handshakes handshakes,
      Handshakes.Port port,
      FailedLogins failed) {
    this.name = name;
    this.max = max;
    this.let = let;
    this.handshakes = handshakes;
    this.port = port;
    this.failed = failed;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    Channel channel = (Channel) accepted;
    if (channel.remoteAddress() instanceof InetSocketAddress remote && enter(remote.getAddress())) {
      var unused = channel.closeFuture().addListener(closed -> left(channel, remote));
      handshakes.watch(port, remote.getAddress(), channel);
      context.fireChannelRead(let.add(channel));
    } else {
      channel.unsafe().closeForcibly();
    }
  }

  private boolean enter(InetAddress address) {
    if (failed.areTooMany(address.getHostAddress())) {
      logRefused(address, "sends too many handshakes that fail");
      return false;
    }
    if (counts.merge(address, 1, Integer::sum) <= max) {
      return true;
    }
    leave(address);
    logRefused(address, "has %d connections".formatted(max));
    return false;
  }

  private void left(Channel channel, InetSocketAddress remote) {
    leave(remote.getAddress());
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null && !tls.handshakeFuture().isSuccess()) {
      failed.add(remote.getAddress().getHostAddress());
    }
  }

  private void leave(InetAddress address) {
    counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  /** Once a minute: a flood must not flood the log. */
  private void logRefused(InetAddress address, String why) {
    long now = System.nanoTime();
    long due = nextLogNanos.get();
    if (now - due >= 0 && nextLogNanos.compareAndSet(due, now + LOG_NANOS)) {
      LOG.warn("{} {}: more are refused ({})", address.getHostAddress(), why, name);
    }
  }
}
