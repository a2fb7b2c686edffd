package dev.holdfast.common.client;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The channels and the timer of a client. Answers are handled on the network threads. */
record Connections(Nodes nodes, ScheduledExecutorService timer) implements AutoCloseable {
  private static final long REFRESH_SECONDS = 5;

  static Connections open(ClientSettings settings) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, new ThreadFactoryBuilder().setNameFormat("holdfast-client").setDaemon(true).build());
    timer.setRemoveOnCancelPolicy(true);
    ChannelMaker maker = new ChannelMaker(settings.security());
    var unused =
        timer.scheduleWithFixedDelay(
            maker::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    Nodes nodes = new Nodes(maker, settings.channelsPerNode(), settings.endpoints());
    return new Connections(nodes, timer);
  }

  Calls calls(Router router, ClientSettings settings) {
    TryTimeouts timeouts = new TryTimeouts(settings.callTimeout());
    timeouts.watchOn(timer);
    return new Calls(router, Calls.Patience.of(settings.budget()), timeouts, timer);
  }

  /** Calls that wait for their next try fail when it is due. */
  @Override
  public void close() {
    timer.shutdown();
    nodes.close();
  }
}
