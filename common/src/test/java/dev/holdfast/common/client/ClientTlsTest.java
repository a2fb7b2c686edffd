package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.common.tls.CertificateName.Kind;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.common.tls.TlsIdentity;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import io.grpc.Status.Code;
import io.grpc.TlsServerCredentials.ClientAuth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients with all kinds of certificates and tokens, at nodes with and without TLS. */
@Timeout(60)
final class ClientTlsTest {
  /** Much longer than what is certain to fail may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final AdjustStockRequest REQUEST =
      AdjustStockRequest.newBuilder().setStore("berlin").setSku("tea-1").build();

  @TempDir private Path directory;
  private Certificates ours;
  private Certificates others;
  private TlsIdentity identity;
  private ScriptedNode node;

  private void start(ClientAuth callers) {
    ours = new Certificates(directory.resolve("ours"));
    others = new Certificates(directory.resolve("others"));
    identity = ours.node("node-a");
    node = ScriptedNode.start(identity.server(callers));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void shouldCallANodeOfItsCluster() {
    start(ClientAuth.REQUIRE);

    try (HoldfastClient client =
        HoldfastClient.connect(with(Certificates.caller(ours.user("a"))))) {
      client.adjustStock(REQUEST).join();
    }

    assertThat(node.adjusts).hasSize(1);
  }

  @Test
  void shouldRefuseWhoIsNoNodeOfItsCluster() throws Exception {
    start(ClientAuth.OPTIONAL);
    TlsFiles alice = ours.user("alice");

    refuses(
        Certificates.caller(others.user("alice")),
        TlsRefusal.NODE_UNKNOWN,
        "the node's certificate is of no authority");
    refuses(
        new ClientSecurity(CallerIdentity.load(alice, "market"), null),
        TlsRefusal.NODE_NOT_MEANT,
        "spiffe://shop/node/node-a, not for a node of the cluster market");
    identity = Certificates.load(ours.issue(Certificates.CLUSTER, Kind.USER, "node-b"));
    node.close();
    node = ScriptedNode.start(identity.server(ClientAuth.OPTIONAL));
    refuses(Certificates.caller(alice), TlsRefusal.NODE_NOT_MEANT, "user/node-b");
    node.close();
    TlsFiles revoked = ours.issue(Certificates.CLUSTER, Kind.NODE, "node-c");
    node = ScriptedNode.start(Certificates.load(revoked).server(ClientAuth.OPTIONAL));
    ours.revoke(revoked);
    refuses(Certificates.caller(alice), TlsRefusal.NODE_NOT_MEANT, "is revoked");
    node.close();
    node = ScriptedNode.start(Certificates.load(ours.expired()).server(ClientAuth.OPTIONAL));
    refuses(Certificates.caller(alice), TlsRefusal.NODE_NOT_VALID_NOW, "or the clock here");
    assertThat(node.adjusts).isEmpty();
  }

  @Test
  void shouldSayWhyANodeRefusesIt() throws Exception {
    start(ClientAuth.REQUIRE);
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
        TlsRefusal.CERTIFICATE_REFUSED,
        "most likely for this client's certificate");
    assertThat(node.adjusts).isEmpty();
  }

  @Test
  void shouldSayThatANodeDoesNotSpeakTls() {
    start(ClientAuth.REQUIRE);
    node.close();
    node = ScriptedNode.start();

    refuses(
        Certificates.caller(ours.user("alice")),
        TlsRefusal.NOT_SPOKEN,
        "the node does not speak TLS");
  }

  /** It may be a proxy whose node comes up: so it tries on, and never says "may have happened". */
  @Test
  void shouldSayThatANodeMayWantTls() {
    start(ClientAuth.REQUIRE);

    try (HoldfastClient client =
        HoldfastClient.connect(with(ClientSecurity.OFF).withBudget(Duration.ofSeconds(1)))) {
      HoldfastException failure = failure(client.adjustStock(REQUEST));

      assertThat(failure).isInstanceOf(UnavailableException.class);
      assertThat(failure.tlsRefusal()).isEqualTo(TlsRefusal.PERHAPS_WANTED);
      assertThat(failure).hasMessageContaining(node.address()).hasMessageContaining("wants TLS");
    }
  }

  /** What was sent on a connection may have happened, however the next ones fail. */
  @Test
  void shouldNotTakeACallForNeverSentWhenTheNodeWasReachedBefore() throws Exception {
    start(ClientAuth.REQUIRE);
    node.close();
    node = ScriptedNode.start();
    int port = node.port();
    try (HoldfastClient client =
        HoldfastClient.connect(with(ClientSecurity.OFF).withBudget(Duration.ofSeconds(2)))) {
      client.adjustStock(REQUEST).join();
      node.onAdjust((request, out) -> node.close());
      CompletableFuture<?> call = client.adjustStock(REQUEST);
      await().until(() -> node.adjusts.size() == 2);
      try (HangingUp after = new HangingUp(port)) {
        assertThat(failure(call)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(after.socket.isClosed()).isFalse();
      }
    }
  }

  @Test
  void shouldEndAWatchThatNoNodeWillServe() {
    start(ClientAuth.REQUIRE);
    ClientSettings settings = with(Certificates.caller(others.user("alice")));

    try (WatchClient watch =
        WatchClient.start(settings, WatchRequest.getDefaultInstance(), new Deaf())) {
      assertThat(watch.end())
          .failsWithin(PATIENCE.dividedBy(3))
          .withThrowableThat()
          .withMessageContaining("of no authority that this client believes");
    }
  }

  @Test
  void shouldUseRenewedFilesForItsNextConnections() {
    start(ClientAuth.REQUIRE);
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
    start(ClientAuth.OPTIONAL);
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
    start(ClientAuth.OPTIONAL);
    node.close();
    node = ScriptedNode.start();
    ClientSettings settings = with(ClientSecurity.OFF).withoutLeaderRouting();

    try (HoldfastClient client = HoldfastClient.connect(settings.withToken(() -> "secret"))) {
      client.adjustStock(REQUEST).join();
    }

    assertThat(node.authorizations).containsExactly("Bearer secret");
  }

  @Test
  void shouldSendNoTokenThatIsNone() {
    start(ClientAuth.OPTIONAL);
    node.close();
    node = ScriptedNode.start();

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

      assertThat(call).failsWithin(PATIENCE.dividedBy(3));
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

  /** Something at a port that accepts connections and ends them. */
  private static final class HangingUp implements AutoCloseable {
    private final ServerSocket socket;

    HangingUp(int port) throws IOException {
      socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      Thread accepting = new Thread(this::accept, "hanging-up");
      accepting.setDaemon(true);
      accepting.start();
    }

    private void accept() {
      try {
        while (true) {
          try (Socket caller = socket.accept()) {
            caller.getInputStream().read();
          }
        }
      } catch (IOException closed) {
        // the end
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
