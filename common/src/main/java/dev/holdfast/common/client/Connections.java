package dev.holdfast.common.client;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.holdfast.common.tls.CallerIdentity;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The channels and the timer of a client. Answers are handled on the network threads. */
record Connections(Nodes nodes, ScheduledExecutorService timer) implements AutoCloseable {
  /** A full page or batch with room to spare. */
  private static final int MESSAGE_BYTES_MAX = 64 << 20;

  private static final long RENEWED_SECONDS = 5;

  static Connections open(ClientSettings settings) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, new ThreadFactoryBuilder().setNameFormat("holdfast-client").setDaemon(true).build());
    timer.setRemoveOnCancelPolicy(true);
    Function<String, ManagedChannel> opener = opener(settings.security());
    keepFresh(settings.security().tls(), timer);
    Nodes nodes = new Nodes(opener, settings.channelsPerNode(), settings.endpoints());
    return new Connections(nodes, timer);
  }

  /** Reads renewed certificates. */
  private static void keepFresh(@Nullable CallerIdentity tls, ScheduledExecutorService timer) {
    if (tls != null) {
      var unused =
          timer.scheduleWithFixedDelay(
              tls::refresh, RENEWED_SECONDS, RENEWED_SECONDS, TimeUnit.SECONDS);
    }
  }

  Calls calls(Router router, ClientSettings settings) {
    TryTimeouts timeouts = new TryTimeouts(settings.callTimeout());
    timeouts.watchOn(timer);
    return new Calls(router, Calls.Patience.of(settings.budget()), timeouts, timer);
  }

  static Function<String, ManagedChannel> opener(ClientSecurity security) {
    ChannelCredentials credentials =
        security.tls() == null ? InsecureChannelCredentials.create() : security.tls().credentials();
    List<ClientInterceptor> interceptors =
        security.token() == null ? List.of() : List.of(new BearerToken(security.token()));
    return address ->
        NettyChannelBuilder.forTarget("dns:///" + address, credentials)
            .intercept(interceptors)
            .directExecutor()
            .disableRetry() // the caller retries, since it knows which calls may be repeated
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .build();
  }

  /** Calls that wait for their next try fail when it is due. */
  @Override
  public void close() {
    timer.shutdown();
    nodes.close();
  }
}
