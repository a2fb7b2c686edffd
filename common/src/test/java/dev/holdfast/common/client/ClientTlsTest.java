package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.common.tls.CertificateName.Kind;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.common.tls.TlsIdentity;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.Status.Code;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients with all kinds of certificates and tokens, at nodes with and without TLS. */
@Timeout(60)
final class ClientTlsTest {
  /** Much longer than what is certain to fail may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(16);

  private static final AdjustStockRequest REQUEST =
      AdjustStockRequest.newBuilder().setStore("berlin").setSku("tea-1").build();

  @TempDir private Path directory;
  private Certificates ours;
  private Certificates others;
  private TlsIdentity identity;
  private ScriptedNode node;

  /** A node that wants certificates of its callers. */
  @BeforeEach
  void start() {
    ours = new Certificates(directory.resolve("ours"));
    others = new Certificates(directory.resolve("others"));
    identity = ours.node("node-a");
    node = ScriptedNode.start(identity.server(ClientAuth.REQUIRE));
  }

  /** Another node instead. */
  private void serve(ServerCredentials credentials) {
    node.close();
    node = ScriptedNode.start(credentials);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void shouldCallANodeOfItsCluster() {
    try (HoldfastClient client =
        HoldfastClient.connect(with(Certificates.caller(ours.user("a"))))) {
      client.adjustStock(REQUEST).join();
    }

    assertThat(node.adjusts).hasSize(1);
  }

  @Test
  void shouldCallNodesOfTheClusterThatItsCertificateNames() throws Exception {
    ClientSettings open = with(ClientSecurity.OFF);
    try (HoldfastClient client = HoldfastClient.connect(open.withTls(ours.user("a")))) {
      client.adjustStock(REQUEST).join();
    }
    assertThat(node.adjusts).hasSize(1);

    TlsFiles market = ours.issue("market", Kind.USER, "b");
    refuses(
        new ClientSecurity(CallerIdentity.load(market), null),
        TlsRefusal.NODE_NOT_MEANT,
        "not for a node of the cluster market");
    TlsFiles nameless = new TlsFiles(ours.authorities(), market.key(), ours.authorities(), null);
    assertThatThrownBy(() -> open.withTls(nameless))
        .hasMessageContaining("ca.crt has no name spiffe://CLUSTER/user/ID");
  }

  @Test
  void shouldRefuseWhoIsNoNodeOfItsCluster() throws Exception {
    serve(identity.server(ClientAuth.OPTIONAL));
    TlsFiles alice = ours.user("alice");

    refuses(
        Certificates.caller(others.user("alice")),
        TlsRefusal.NODE_UNKNOWN,
        "the node's certificate is of no authority");
    refuses(
        new ClientSecurity(CallerIdentity.load(alice, "market"), null),
        TlsRefusal.NODE_NOT_MEANT,
        "spiffe://shop/node/node-a, not for a node of the cluster market");
    TlsFiles user = ours.issue(Certificates.CLUSTER, Kind.USER, "node-b");
    serve(Certificates.load(user).server(ClientAuth.OPTIONAL));
    refuses(Certificates.caller(alice), TlsRefusal.NODE_NOT_MEANT, "user/node-b");
    TlsFiles revoked = ours.issue(Certificates.CLUSTER, Kind.NODE, "node-c");
    serve(Certificates.load(revoked).server(ClientAuth.OPTIONAL));
    ours.revoke(revoked);
    refuses(Certificates.caller(alice), TlsRefusal.NODE_NOT_MEANT, "is revoked");
    serve(Certificates.load(ours.expired()).server(ClientAuth.OPTIONAL));
    refuses(Certificates.caller(alice), TlsRefusal.NODE_NOT_VALID_NOW, "or the clock here");
    assertThat(node.adjusts).isEmpty();
  }

  @Test
  void shouldSayWhyANodeRefusesIt() throws Exception {
    TlsFiles bob = others.user("bob");

    refuses(
        new ClientSecurity(
            CallerIdentity.withoutCertificate(ours.authorities(), null, Certificates.CLUSTER),
            null),
        TlsRefusal.CERTIFICATE_WANTED,
        "wants a certificate");
    refuses(Certificates.caller(ours.expired()), TlsRefusal.CERTIFICATE_EXPIRED, "it has expired");
    refuses(
        Certificates.caller(new TlsFiles(bob.certificate(), bob.key(), ours.authorities(), null)),
        TlsRefusal.CERTIFICATE_UNKNOWN,
        "of no authority that the node believes");
    TlsFiles carl = ours.user("carl");
    ours.revoke(carl);
    identity.refresh();
    refuses(
        Certificates.caller(new TlsFiles(carl.certificate(), carl.key(), ours.authorities(), null)),
        TlsRefusal.CERTIFICATE_REVOKED,
        "it is revoked");
    assertThat(node.adjusts).isEmpty();
  }

  /** In the middle of a call that never ends by itself as well. */
  @Test
  void shouldLeaveANodeWhoseCertificateIsTakenBack() throws Exception {
    TlsFiles nodes = ours.issue(Certificates.CLUSTER, Kind.NODE, "node-d");
    serve(Certificates.load(nodes).server(ClientAuth.REQUIRE));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    node.onAdjust(
        (request, out) -> {
          ((ServerCallStreamObserver<?>) out).setOnCancelHandler(left::countDown);
          asked.countDown();
        });
    ClientSettings patient =
        with(Certificates.caller(ours.user("alice"))).withCallTimeout(PATIENCE.multipliedBy(2));
    try (HoldfastClient client = HoldfastClient.connect(patient)) {
      CompletableFuture<?> call = client.adjustStock(REQUEST);
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

      ours.revoke(nodes);

      assertThat(left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(call).isNotCompleted(); // it tries on, since nobody knows its outcome
    }
  }

  @Test
  void shouldSayThatANodeDoesNotSpeakTls() {
    serve(InsecureServerCredentials.create());

    refuses(
        Certificates.caller(ours.user("alice")),
        TlsRefusal.NOT_SPOKEN,
        "the node does not speak TLS");
  }

  /** It may be a proxy whose node comes up: so it tries on, and never says "may have happened". */
  @Test
  void shouldSayThatANodeMayWantTls() {
    try (HoldfastClient client =
        HoldfastClient.connect(with(ClientSecurity.OFF).withBudget(Duration.ofSeconds(1)))) {
      HoldfastException failure = failure(client.adjustStock(REQUEST));

      assertThat(failure).isInstanceOf(UnavailableException.class);
      assertThat(failure.tlsRefusal()).isEqualTo(TlsRefusal.PERHAPS_WANTED);
      assertThat(failure).hasMessageContaining(node.address()).hasMessageContaining("wants TLS");
    }
  }

  /** The way in which a hang-up shows depends on what was read before. */
  @Test
  void shouldSayThatANodeMayWantTlsWhenItResetsTheConnection() throws Exception {
    try (ServerSocket resetting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        HoldfastClient client =
            HoldfastClient.connect(
                ClientSettings.at(List.of("127.0.0.1:" + resetting.getLocalPort()))
                    .withBudget(Duration.ofSeconds(1)))) {
      CutLine.daemon(
          () -> {
            while (true) {
              Socket caller = resetting.accept();
              caller.setSoLinger(true, 0);
              caller.close();
            }
          });
      HoldfastException failure = failure(client.adjustStock(REQUEST));

      assertThat(failure).isInstanceOf(UnavailableException.class);
      assertThat(failure.tlsRefusal()).isEqualTo(TlsRefusal.PERHAPS_WANTED);
    }
  }

  /** What was sent on a connection may have happened, however the next ones fail. */
  @Test
  void shouldNotTakeACallForNeverSentWhenTheNodeWasReachedBefore() throws Exception {
    serve(InsecureServerCredentials.create());

    try (CutLine line = new CutLine(node.port());
        HoldfastClient client =
            HoldfastClient.connect(
                ClientSettings.at(List.of(line.address()))
                    .withoutLeaderRouting()
                    .withBudget(Duration.ofSeconds(1)))) {
      client.adjustStock(REQUEST).join();
      node.onAdjust((request, out) -> line.cut());

      HoldfastException failure = failure(client.adjustStock(REQUEST));

      assertThat(node.adjusts).hasSize(2);
      assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
      assertThat(failure.tlsRefusal()).isNull();
      assertThat(failure).hasMessageNotContaining("TLS");
    }
  }

  /** No call is made in a handshake, also when there was a connection before. */
  @Test
  void shouldSayThatNothingHappenedWhenANodeIsNotBelievedAnyMore() {
    int port = node.port();

    try (HoldfastClient client =
        HoldfastClient.connect(with(Certificates.caller(ours.user("alice"))))) {
      client.adjustStock(REQUEST).join();
      node.close();
      node = ScriptedNode.start(port, others.node("node-a").server(ClientAuth.REQUIRE));
      var unused = failure(client.adjustStock(REQUEST)); // may be on the connection that ends

      HoldfastException failure = failure(client.adjustStock(REQUEST));

      assertThat(failure).isInstanceOf(UnavailableException.class);
      assertThat(failure.tlsRefusal()).isEqualTo(TlsRefusal.NODE_UNKNOWN);
    }
  }

  /** A client begins with any node, so one of ten begins with the wrong one. */
  @Test
  void shouldGoToAnotherNodeWhenOneIsNotBelieved() {
    try (ScriptedNode other =
        ScriptedNode.start(others.node("node-b").server(ClientAuth.REQUIRE))) {
      ClientSettings both =
          ClientSettings.at(List.of(other.address(), node.address()))
              .withSecurity(Certificates.caller(ours.user("alice")))
              .withoutLeaderRouting();
      for (int i = 0; i < 10; i++) {
        try (HoldfastClient client = HoldfastClient.connect(both)) {
          client.adjustStock(REQUEST).join();
        }
      }
      assertThat(node.adjusts).hasSize(10);
      assertThat(other.adjusts).isEmpty();
    }
  }

  @Test
  void shouldEndAWatchThatNoNodeWillServe() {
    ClientSettings settings = with(Certificates.caller(others.user("alice")));

    try (WatchClient watch =
        WatchClient.start(settings, WatchRequest.getDefaultInstance(), new Deaf())) {
      assertThat(watch.end())
          .failsWithin(PATIENCE.dividedBy(2))
          .withThrowableThat()
          .withMessageContaining("of no authority that this client believes");
    }
  }

  @Test
  void shouldUseRenewedFilesForItsNextConnections() {
    TlsFiles alice = ours.user("alice");
    int port = node.port();

    try (HoldfastClient client = HoldfastClient.connect(with(Certificates.caller(alice)))) {
      client.adjustStock(REQUEST).join();
      node.close();
      ours.renewAuthority();
      ours.user("alice");
      node = ScriptedNode.start(port, ours.node("node-a").server(ClientAuth.REQUIRE));

      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> client.adjustStock(REQUEST).join());
    }
    assertThat(node.adjusts).isNotEmpty();
  }

  @Test
  void shouldSendTheTokenThatIsValidNow() throws Exception {
    serve(identity.server(ClientAuth.OPTIONAL));
    AtomicReference<String> token = new AtomicReference<>("first.a-b_c~+/=");
    ClientSettings settings =
        with(new ClientSecurity(
                CallerIdentity.withoutCertificate(ours.authorities(), null, Certificates.CLUSTER),
                null))
            .withoutLeaderRouting()
            .withToken(token::get);

    try (HoldfastClient client = HoldfastClient.connect(settings)) {
      client.adjustStock(REQUEST).join();
      token.set("second");
      client.adjustStock(REQUEST).join();
    }

    assertThat(node.authorizations).containsExactly("Bearer first.a-b_c~+/=", "Bearer second");
  }

  @Test
  void shouldSendATokenInTheClearToThisMachine() {
    serve(InsecureServerCredentials.create());
    ClientSettings settings = with(ClientSecurity.OFF).withoutLeaderRouting();

    try (HoldfastClient client = HoldfastClient.connect(settings.withToken(() -> "secret"))) {
      client.adjustStock(REQUEST).join();
    }

    assertThat(node.authorizations).containsExactly("Bearer secret");
  }

  @Test
  void shouldSendNoTokenThatIsNone() {
    serve(InsecureServerCredentials.create());

    for (String token : List.of("", "two words", "line\nbreak", "ü", "x".repeat(8_193))) {
      try (HoldfastClient client =
          HoldfastClient.connect(with(ClientSecurity.OFF).withToken(() -> token))) {
        assertThat(failure(client.adjustStock(REQUEST)).code()).isEqualTo(Code.UNAUTHENTICATED);
      }
    }
    try (HoldfastClient client =
        HoldfastClient.connect(
            with(ClientSecurity.OFF)
                .withToken(
                    () -> {
                      throw new IllegalStateException("the shelf is empty");
                    }))) {
      assertThat(failure(client.adjustStock(REQUEST))).hasMessageContaining("the shelf is empty");
    }
    assertThat(node.adjusts).isEmpty();
  }

  private ClientSettings with(ClientSecurity security) {
    return ClientSettings.at(List.of(node.address())).withSecurity(security).withBudget(PATIENCE);
  }

  /** At once, and though it is a mutation: "nothing was done". */
  private void refuses(ClientSecurity client, TlsRefusal why, String text) {
    try (HoldfastClient caller = HoldfastClient.connect(with(client))) {
      CompletableFuture<?> call = caller.adjustStock(REQUEST);

      assertThat(call)
          .failsWithin(PATIENCE.dividedBy(2))
          .withThrowableOfType(ExecutionException.class); // not of TimeoutException
      HoldfastException failure = failure(call);
      assertThat(failure).isInstanceOf(UnavailableException.class);
      assertThat(failure.tlsRefusal()).isEqualTo(why);
      assertThat(failure).hasMessageContaining(node.address()).hasMessageContaining(text);
    }
  }

  private static HoldfastException failure(CompletableFuture<?> call) {
    return HoldfastException.from(call.handle((done, thrown) -> thrown).join());
  }

  private static final class Deaf implements WatchListener {
    @Override
    public void event(WatchedEvent event) {}

    @Override
    public void interrupted(HoldfastException why) {}
  }

  /** Leads to a node, until it is cut: then it ends every connection without a word. */
  private static final class CutLine implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    CutLine(int port) throws IOException {
      daemon(() -> accept(port));
    }

    String address() {
      return "127.0.0.1:" + socket.getLocalPort();
    }

    private void accept(int port) throws IOException {
      while (true) {
        Socket caller = socket.accept();
        if (cut) {
          caller.close();
          continue;
        }
        Socket node = new Socket(InetAddress.getLoopbackAddress(), port);
        open.addAll(List.of(caller, node));
        daemon(() -> caller.getInputStream().transferTo(node.getOutputStream()));
        daemon(() -> node.getInputStream().transferTo(caller.getOutputStream()));
      }
    }

    void cut() {
      cut = true;
      for (Socket each : open) {
        try {
          each.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private interface Step {
      void run() throws IOException;
    }

    private static void daemon(Step step) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  step.run();
                } catch (IOException closed) {
                  // the end
                }
              },
              "line");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      socket.close();
      cut();
    }
  }
}
