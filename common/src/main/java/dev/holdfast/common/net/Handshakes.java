package dev.holdfast.common.net;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The TLS handshakes of a node's servers that failed. Counts them, and tells of those that are more
 * than a connection that went away. For any thread.
 */
public final class Handshakes {
  /** The servers of a node. */
  public enum Port {
    GRPC,
    RAFT,
    HTTP;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A handshake that failed.
   *
   * @param address of the caller, without its port
   */
  public record Failed(Port port, String address, HandshakeFault fault) {}

  /** How long a handshake may take. */
  public static final int SECONDS_MAX = 5;

  private final MeterRegistry meters;
  private volatile Consumer<Failed> listener = failed -> {};

  public Handshakes(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Sets who is told, on the threads of the network. */
  public void whenFailed(Consumer<Failed> told) {
    listener = told;
  }

  /** Looks at a connection when it ends: its handshake may have come to nothing. */
  void watch(Port port, InetAddress address, Channel channel) {
    long begin = System.nanoTime();
    var unused =
        channel
            .closeFuture()
            .addListener(
                closed -> {
                  SslHandler tls = channel.pipeline().get(SslHandler.class);
                  if (tls != null && !tls.handshakeFuture().isSuccess()) {
                    Throwable failure = tls.handshakeFuture().cause();
                    failed(port, address.getHostAddress(), failure, System.nanoTime() - begin);
                  }
                });
  }

  /** Without a failure, it was given up; the time tells by whom. */
  private void failed(Port port, String address, @Nullable Throwable failure, long nanos) {
    HandshakeFault fault = failure == null ? HandshakeFault.UNFINISHED : HandshakeFault.of(failure);
    boolean late = nanos >= TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    if (late && fault == HandshakeFault.UNFINISHED) {
      fault = HandshakeFault.TIMEOUT;
    }
    failed(port, address, fault);
  }

  /** Takes note of a handshake that failed. */
  public void failed(Port port, String address, HandshakeFault fault) {
    Counter.builder("holdfast.handshakes.failed")
        .description("TLS handshakes that failed, by port and reason")
        .tag("port", port.word())
        .tag("reason", fault.word())
        .register(meters)
        .increment();
    if (fault != HandshakeFault.UNFINISHED) {
      listener.accept(new Failed(port, address, fault));
    }
  }
}
