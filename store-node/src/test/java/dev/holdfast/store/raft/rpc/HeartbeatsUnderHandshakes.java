package dev.holdfast.store.raft.rpc;

import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.PingRequest;
import com.alipay.sofa.jraft.util.Endpoint;
import dev.holdfast.common.net.Handshakes;
import dev.holdfast.common.server.GrpcServer;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.common.tls.TestAuthority;
import dev.holdfast.common.tls.TlsIdentity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Measures how long a heartbeat of Raft takes while others shake hands with the same node, at the
 * callers' port or at Raft's. Both sides share the process. Run by hand: {@code
 * HeartbeatsUnderHandshakes SECONDS HANDSHAKES_A_SECOND}.
 */
final class HeartbeatsUnderHandshakes {
  private static final int CALLERS = 8;
  private static final int BETWEEN_MILLIS = 10;
  private static final int PATIENCE_MILLIS = 5_000;
  private static final ErrorResponse DONE = ErrorResponse.newBuilder().setErrorCode(0).build();

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Handshakes handshakes = new Handshakes(new SimpleMeterRegistry());
  private final SSLContext caller;
  private final GroupCalls heartbeats = new GroupCalls();
  private final Endpoint raft;
  private final int grpc;

  private HeartbeatsUnderHandshakes() throws Exception {
    TestAuthority authority = new TestAuthority(Files.createTempDirectory("handshakes"));
    Endpoint a = new Endpoint("127.0.0.1", freePort());
    raft = new Endpoint("127.0.0.1", freePort());
    Map<Endpoint, String> nodes = Map.of(a, "node-a", raft, "node-b");
    TlsIdentity b = authority.identity("b", TestAuthority.node("node-b"));
    TlsIdentity identity = authority.identity("a", TestAuthority.node("node-a"));
    RaftNetwork ofA = network(a, new PeerTrust(identity, TestAuthority.CLUSTER, nodes));
    network(raft, new PeerTrust(b, TestAuthority.CLUSTER, nodes));
    heartbeats.init(new NetworkedOptions(ofA));
    NodeSecurity security = TestAuthority.security(b, 10_000);
    grpc =
        GrpcServer.builder("127.0.0.1", 0, "holdfast.grpc.port").secured(security).start().port();
    caller = authority.javaCaller("TLSv1.3", authority.issue("u", TestAuthority.user("alice")));
  }

  private RaftNetwork network(Endpoint at, PeerTrust trust) throws IOException {
    return new RaftNetwork(
        new InetSocketAddress(at.getIp(), at.getPort()),
        trust,
        handshakes,
        pool,
        server -> server.registerProcessor(new Answering()));
  }

  private static final class Answering implements RpcProcessor<PingRequest> {
    @Override
    public void handleRequest(RpcContext reply, PingRequest request) {
      reply.sendResponse(DONE);
    }

    @Override
    public String interest() {
      return PingRequest.class.getName();
    }
  }

  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]);
    int rate = Integer.parseInt(arguments[1]);
    HeartbeatsUnderHandshakes all = new HeartbeatsUnderHandshakes();
    all.measure("warm-up", seconds, 0, rate);
    for (int round = 1; round <= 2; round++) {
      all.measure("without handshakes", seconds, 0, rate);
      all.measure("at the callers' port", seconds, all.grpc, rate);
      all.measure("at Raft's port", seconds, all.raft.getPort(), rate);
    }
    System.exit(0);
  }

  private void measure(String what, int seconds, int port, int rate) throws Exception {
    AtomicLong made = new AtomicLong();
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int i = 0; port != 0 && i < CALLERS; i++) {
      callers.execute(() -> shakeHands(port, rate, end, made));
    }
    long[] micros = new long[seconds * 1_000 / BETWEEN_MILLIS + 1];
    int count = 0;
    while (System.nanoTime() < end && count < micros.length) {
      long start = System.nanoTime();
      heartbeats.invokeSync(
          raft, PingRequest.newBuilder().setSendTimestamp(1).build(), null, PATIENCE_MILLIS);
      micros[count++] = (System.nanoTime() - start) / 1_000;
      Thread.sleep(BETWEEN_MILLIS);
    }
    callers.shutdown();
    callers.awaitTermination(10, TimeUnit.SECONDS);
    long[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    System.out.printf(
        "%-22s %4d handshakes/s; heartbeats: %d, median %.1f ms, p99 %.1f ms, longest %.1f ms%n",
        what,
        made.get() / seconds,
        count,
        sorted[count / 2] / 1e3,
        sorted[count * 99 / 100] / 1e3,
        sorted[count - 1] / 1e3);
  }

  private void shakeHands(int port, int rate, long end, AtomicLong made) {
    long step = TimeUnit.SECONDS.toNanos(CALLERS) / rate;
    long next = System.nanoTime();
    while (System.nanoTime() < end) {
      try (SSLSocket socket =
          (SSLSocket)
              caller.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        made.incrementAndGet();
        next += step;
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
