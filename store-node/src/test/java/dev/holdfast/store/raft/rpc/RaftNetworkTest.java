package dev.holdfast.store.raft.rpc;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.PingRequest;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import com.google.protobuf.ByteString;
import dev.holdfast.common.net.Handshakes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes' networks over real connections, with handlers of our own instead of Raft's. */
@SuppressWarnings("try") // a peer listens while a block runs
final class RaftNetworkTest {
  private static final int SOON_MILLIS = 5_000;

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final GroupCalls calls = new GroupCalls();
  private RaftNetwork caller;
  private Endpoint peer;

  @BeforeEach
  void connect() throws IOException {
    caller = listen(0, RaftNetworkTest::ignore, pool);
    calls.init(new NetworkedOptions(caller));
    peer = new Endpoint("127.0.0.1", freePort());
  }

  @AfterEach
  void close() {
    calls.shutdown();
    caller.close();
    pool.shutdownNow();
  }

  @Test
  void shouldAnswerInTheOrderInWhichHandlersDo() throws Exception {
    Map<Long, RpcContext> waiting = new ConcurrentHashMap<>();
    try (RaftNetwork network =
        listen((reply, ping) -> waiting.put(ping.getSendTimestamp(), reply))) {
      CompletableFuture<Object> first = ask(1);
      CompletableFuture<Object> second = ask(2);
      await().until(() -> waiting.size() == 2);

      requireNonNull(waiting.get(2L)).sendResponse(error(2));
      assertThat(second.get(SOON_MILLIS, MILLISECONDS)).isEqualTo(error(2));
      assertThat(first).isNotDone();
      requireNonNull(waiting.get(1L)).sendResponse(error(1));
      assertThat(first.get(SOON_MILLIS, MILLISECONDS)).isEqualTo(error(1));
    }
  }

  @Test
  void shouldDeliverRequestsInTheOrderInWhichTheyWereSent() throws Exception {
    int count = 10_000;
    List<Long> arrived = new CopyOnWriteArrayList<>();
    ExecutorService one = Executors.newSingleThreadExecutor();
    try (RaftNetwork network =
        listen(
            peer.getPort(),
            (reply, ping) -> {
              arrived.add(ping.getSendTimestamp());
              reply.sendResponse(error(0));
            },
            one)) {
      for (long number = 0; number < count; number++) {
        var unused = ask(number);
      }
      await().until(() -> arrived.size() == count);

      assertThat(arrived).isEqualTo(LongStream.range(0, count).boxed().toList());
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void shouldFailAtOnceWhatWaitsWhenThePeerGoes() throws Exception {
    RaftNetwork network = listen(RaftNetworkTest::ignore);
    CompletableFuture<Object> answer = ask(1);
    await().until(() -> calls.checkConnection(peer));

    network.close();

    assertThatThrownBy(() -> answer.get(1, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RemotingException.class);
    await().until(() -> !calls.checkConnection(peer));
  }

  @Test
  void shouldFailWhatIsNotAnsweredInItsTime() throws Exception {
    try (RaftNetwork network = listen(RaftNetworkTest::ignore)) {
      assertThatThrownBy(() -> calls.invokeSync(peer, ping(1), null, 200))
          .isInstanceOf(InvokeTimeoutException.class);
      CompletableFuture<Object> answer = new CompletableFuture<>();
      calls.invokeAsync(peer, ping(2), null, completing(answer), 200);
      assertThatThrownBy(() -> answer.get(1, SECONDS))
          .hasCauseInstanceOf(InvokeTimeoutException.class);
    }
  }

  @Test
  void shouldFindAPeerThatComesBack() throws Exception {
    assertThatThrownBy(() -> calls.invokeSync(peer, ping(1), null, SOON_MILLIS))
        .isInstanceOf(RemotingException.class)
        .hasMessageContaining("refused");

    try (RaftNetwork network = listen((reply, ping) -> reply.sendResponse(error(0)))) {
      await().atMost(3, SECONDS).until(() -> calls.checkConnection(peer, true));
      assertThat(calls.invokeSync(peer, ping(2), null, SOON_MILLIS)).isEqualTo(error(0));
    }
  }

  /**
   * A machine that is gone without a word, as after a power cut: nothing refuses, nothing answers.
   */
  @Test
  void shouldConnectAnewWhenNothingComesBack() throws Exception {
    try (ServerSocket mute = new ServerSocket(peer.getPort())) {
      mute.setSoTimeout(10_000);
      CompletableFuture<Object> answer = new CompletableFuture<>();
      calls.invokeAsync(peer, ping(1), null, completing(answer), 60_000);
      try (var first = mute.accept()) {
        assertThatThrownBy(() -> answer.get(10, SECONDS))
            .hasCauseInstanceOf(RemotingException.class);
        calls.checkConnection(peer, true);
        try (var second = mute.accept()) {
          assertThat(first.getPort()).isNotEqualTo(second.getPort());
        }
      }
    }
  }

  /** As heartbeats into a cut of one direction: each is over before the next one is sent. */
  @Test
  void shouldConnectAnewThoughNothingWaitsAnyMore() throws Exception {
    try (ServerSocket mute = new ServerSocket(peer.getPort())) {
      mute.setSoTimeout(10_000);
      try (var first = askInVain(mute);
          var second = askInVain(mute)) {
        assertThat(first.getPort()).isNotEqualTo(second.getPort());
      }
    }
  }

  /** Asks again and again until somebody connects. */
  private Socket askInVain(ServerSocket mute) throws Exception {
    Future<Socket> accepted = pool.submit(mute::accept);
    while (!accepted.isDone()) {
      CompletableFuture<Object> answer = new CompletableFuture<>();
      calls.invokeAsync(peer, ping(1), null, completing(answer), 100);
      assertThatThrownBy(() -> answer.get(10, SECONDS)).hasCauseInstanceOf(RemotingException.class);
    }
    return accepted.get();
  }

  @Test
  void shouldCarryFilesBesideTheStreamOfEntries() {
    assertThat(caller.lines().talk(peer)).isNotSameAs(caller.lines().files(peer));
  }

  private CompletableFuture<Object> ask(long number) {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    calls.invokeAsync(peer, ping(number), null, completing(answer), SOON_MILLIS);
    return answer;
  }

  private static com.alipay.sofa.jraft.rpc.InvokeCallback completing(
      CompletableFuture<Object> answer) {
    return (response, failure) -> {
      if (failure == null) {
        answer.complete(response);
      } else {
        answer.completeExceptionally(failure);
      }
    };
  }

  private static void ignore(RpcContext reply, PingRequest ping) {}

  private static PingRequest ping(long number) {
    return PingRequest.newBuilder().setSendTimestamp(number).build();
  }

  private static ErrorResponse error(int code) {
    return ErrorResponse.newBuilder()
        .setErrorCode(code)
        .setErrorMsgBytes(ByteString.copyFromUtf8("told"))
        .build();
  }

  private RaftNetwork listen(BiConsumer<RpcContext, PingRequest> handler) throws IOException {
    return listen(peer.getPort(), handler, pool);
  }

  private RaftNetwork listen(
      int port, BiConsumer<RpcContext, PingRequest> handler, Executor executor) throws IOException {
    return new RaftNetwork(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        PeerTrust.everybody(),
        new Handshakes(new SimpleMeterRegistry()),
        pool,
        server -> register(server, handler, executor));
  }

  private void register(
      RpcServer server, BiConsumer<RpcContext, PingRequest> handler, Executor executor) {
    server.registerProcessor(
        new RpcProcessor<PingRequest>() {
          @Override
          public void handleRequest(RpcContext reply, PingRequest ping) {
            handler.accept(reply, ping);
          }

          @Override
          public String interest() {
            return PingRequest.class.getName();
          }

          @Override
          public Executor executor() {
            return executor;
          }
        });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
