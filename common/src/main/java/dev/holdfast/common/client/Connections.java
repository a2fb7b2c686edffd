package dev.holdfast.common.client;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The channels and the timer of a client. Answers are handled on the network threads. */
record Connections(Nodes nodes, ScheduledExecutorService timer) implements AutoCloseable {
  /** A full page or batch with room to spare. */
  private static final int MESSAGE_BYTES_MAX = 64 << 20;

  static Connections open(ClientSettings settings) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, new ThreadFactoryBuilder().setNameFormat("holdfast-client").setDaemon(true).build());
    timer.setRemoveOnCancelPolicy(true);
    Nodes nodes =
        new Nodes(Connections::channelTo, settings.channelsPerNode(), settings.endpoints());
    return new Connections(nodes, timer);
  }

  Calls calls(Router router, ClientSettings settings) {
    TryTimeouts timeouts = new TryTimeouts(settings.callTimeout());
    timeouts.watchOn(timer);
    return new Calls(router, Calls.Patience.of(settings.budget()), timeouts, timer);
  }

  static ManagedChannel channelTo(String address) {
    return NettyChannelBuilder.forTarget("dns:///" + address)
        .usePlaintext()
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
