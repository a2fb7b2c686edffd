package dev.holdfast.common.server;

import com.sun.management.OperatingSystemMXBean;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.common.tls.TestAuthority;
import dev.holdfast.common.tls.TlsIdentity;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how many connections a second are made, each with a handshake in which both sides show a
 * certificate. Server and callers share the process, so that its time on a processor is that of
 * both sides. Run by hand: {@code HandshakeRate SECONDS CALLERS}.
 */
final class HandshakeRate {
  private static final int CONNECT_SECONDS_MAX = 20;

  private final AtomicLong done = new AtomicLong();
  private final int port;
  private final TlsIdentity caller;
  private volatile boolean stopping;

  private HandshakeRate(int port, TlsIdentity caller) {
    this.port = port;
    this.caller = caller;
  }

  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]);
    int callers = Integer.parseInt(arguments[1]);
    Path directory = Files.createTempDirectory("handshakes");
    TestAuthority authority = new TestAuthority(directory);
    TlsIdentity node = authority.identity("node", TestAuthority.node("node-a"));
    TlsIdentity user = authority.identity("user", TestAuthority.user("alice"));
    NodeSecurity security = TestAuthority.security(node, 10_000);
    GrpcServer server =
        GrpcServer.builder("127.0.0.1", 0, "holdfast.grpc.port").secured(security).start();
    HandshakeRate rate = new HandshakeRate(server.port(), user);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      Thread thread = new Thread(rate::connectAgainAndAgain, "caller-" + i);
      thread.start();
      threads.add(thread);
    }
    rate.report("warm-up", seconds);
    for (int round = 1; round <= 3; round++) {
      rate.report("round " + round, seconds);
    }
    rate.stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
    server.close();
    security.close();
  }

  private void report(String name, int seconds) throws InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = done.get();
    long cpuBefore = system.getProcessCpuTime();
    long start = System.nanoTime();
    Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
    double elapsed = (System.nanoTime() - start) / 1e9;
    long made = done.get() - before;
    double cpuMillis = (system.getProcessCpuTime() - cpuBefore) / 1e6;
    System.out.printf(
        "%s: %.0f handshakes/s, %.2f ms of processor each (both sides), %.1f processors busy%n",
        name, made / elapsed, cpuMillis / Math.max(1, made), cpuMillis / 1e3 / elapsed);
  }

  private void connectAgainAndAgain() {
    while (!stopping) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", port, TestAuthority.callerOfNodes(caller))
              .overrideAuthority("node-a")
              .directExecutor()
              .build();
      try {
        awaitReady(channel).get(CONNECT_SECONDS_MAX, TimeUnit.SECONDS);
        done.incrementAndGet();
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new IllegalStateException("no connection", e);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static CompletableFuture<Void> awaitReady(ManagedChannel channel) {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    look(channel, channel.getState(true), ready);
    return ready;
  }

  private static void look(
      ManagedChannel channel, ConnectivityState state, CompletableFuture<Void> ready) {
    switch (state) {
      case READY -> ready.complete(null);
      case TRANSIENT_FAILURE, SHUTDOWN ->
          ready.completeExceptionally(new IllegalStateException(state.name()));
      case CONNECTING, IDLE ->
          channel.notifyWhenStateChanged(
              state, () -> look(channel, channel.getState(false), ready));
    }
  }
}
