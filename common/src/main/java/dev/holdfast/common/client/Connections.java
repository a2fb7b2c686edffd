package dev.holdfast.common.client;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.holdfast.common.tls.CallerIdentity;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The channels and the timer of a client. Answers are handled on the network threads. */
record Connections(Nodes nodes, ScheduledExecutorService timer) implements AutoCloseable {
  private static final long RENEWED_SECONDS = 5;

  static Connections open(ClientSettings settings) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, new ThreadFactoryBuilder().setNameFormat("holdfast-client").setDaemon(true).build());
    timer.setRemoveOnCancelPolicy(true);
    keepFresh(settings.security().tls(), timer);
    ChannelMaker maker = new ChannelMaker(settings.security());
    Nodes nodes = new Nodes(maker, settings.channelsPerNode(), settings.endpoints());
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

  /** Calls that wait for their next try fail when it is due. */
  @Override
  public void close() {
    timer.shutdown();
    nodes.close();
  }
}
