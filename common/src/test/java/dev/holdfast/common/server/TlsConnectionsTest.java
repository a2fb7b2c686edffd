package dev.holdfast.common.server;

import static dev.holdfast.common.tls.TestAuthority.CLUSTER;
import static dev.holdfast.common.tls.TestAuthority.ending;
import static dev.holdfast.common.tls.TestAuthority.node;
import static dev.holdfast.common.tls.TestAuthority.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.net.HandshakeFault;
import dev.holdfast.common.net.Handshakes.Failed;
import dev.holdfast.common.net.Handshakes.Port;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.common.tls.TestAuthority;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.common.tls.TlsIdentity;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with TLS, and callers with all kinds of certificates. */
@Timeout(60)
final class TlsConnectionsTest {
  private static final int CONNECTIONS_MAX = 20;

  private final FakeInventory inventory = new FakeInventory();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private TestAuthority authority;
  private X509Certificate certificateOfServer;
  private NodeSecurity security;
  private GrpcServer server;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    authority = new TestAuthority(directory);
    TlsIdentity identity = authority.identity("server", node("node-a"));
    certificateOfServer = identity.certificate();
    security = TestAuthority.security(identity, CONNECTIONS_MAX, meters);
    server =
        GrpcServer.builder("127.0.0.1", 0, "holdfast.grpc.port")
            .secured(security)
            .service(inventory)
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : opened) { // callers before their threads
      each.close();
    }
    server.close();
    security.close();
  }

  @Test
  void shouldServeWithAndWithoutACertificate() throws Exception {
    answers(channel(authority.identity("user", user("alice"))));
    answers(channel(withoutCertificate()));
  }

  @Test
  void shouldRefuseBadCertificatesAndPlaintext(@TempDir Path elsewhere) throws Exception {
    TestAuthority other = new TestAuthority(elsewhere);
    TlsIdentity stranger = TestAuthority.callerOf(other.issue("user", user("alice")), authority);
    TlsIdentity revoked = authority.identity("revoked", user("mallory"));
    authority.revoke(revoked.certificate());
    TestAuthority.look(security);

    refuses(channel(stranger));
    refuses(channel(expired()));
    refuses(channel(revoked));
    refuses(channel(InsecureChannelCredentials.create()));
    assertThat(inventory.requestIds).isEmpty();
  }

  private TlsIdentity expired() throws Exception {
    return authority.identity(
        "expired",
        ending(
            new CertificateName(CLUSTER, CertificateName.Kind.USER, "alice"),
            Duration.ofSeconds(-2)));
  }

  @Test
  void shouldSpeakTls13Only() throws Exception {
    SSLContext caller = authority.javaCaller("TLS", null);
    try (SSLSocket socket = socket(caller, "TLSv1.2")) {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
    try (SSLSocket socket = socket(caller, "TLSv1.3")) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  private SSLSocket socket(SSLContext caller, String protocol) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            caller.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {protocol});
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    return socket;
  }

  /** Also in the middle of a call that never ends by itself. */
  @Test
  void shouldCutOffWhoseCertificateIsTakenBack() throws Exception {
    TlsIdentity mallory = authority.identity("mallory", user("mallory"));
    ManagedChannel hers = channel(mallory);
    ManagedChannel his = channel(authority.identity("alice", user("alice")));
    var cut = InventoryServiceGrpc.newFutureStub(hers).getStock(ServerFixture.store("slow"));
    var kept = InventoryServiceGrpc.newFutureStub(his).getStock(ServerFixture.store("slow"));
    await().until(() -> inventory.unanswered.size() == 2);

    authority.revoke(mallory.certificate());
    TestAuthority.look(security);

    assertThatThrownBy(() -> cut.get(2, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StatusRuntimeException.class);
    refuses(hers);
    inventory.unanswered.forEach(FakeInventory::answer);
    assertThat(kept.get(5, TimeUnit.SECONDS).getStock().getOnHand()).isEqualTo(7);
  }

  /** A node that it calls, in the middle of a call as well. */
  @Test
  void shouldLeaveANodeWhoseCertificateIsTakenBack() throws Exception {
    NodeSecurity caller = TestAuthority.security(authority.identity("b", node("node-b")), 1);
    ManagedChannel channel = channelTo("node-a", caller);
    var call = InventoryServiceGrpc.newFutureStub(channel).getStock(ServerFixture.store("slow"));
    await().until(() -> inventory.unanswered.size() == 1);

    authority.revoke(certificateOfServer);
    TestAuthority.look(caller);

    assertThatThrownBy(() -> call.get(2, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StatusRuntimeException.class);
    refuses(channel);
  }

  @Test
  void shouldOnlyCallTheNodeThatIsMeant() throws Exception {
    NodeSecurity caller = TestAuthority.security(authority.identity("b", node("node-b")), 1);

    answers(channelTo("node-a", caller));
    refuses(channelTo("node-c", caller));
  }

  private ManagedChannel channelTo(String node, NodeSecurity caller) {
    ManagedChannel channel = caller.channelTo(node, "127.0.0.1:" + server.port()).build();
    opened.add(() -> channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS));
    opened.add(caller);
    return channel;
  }

  /** A session that is resumed shows no certificate. */
  @Test
  void shouldNotResumeSessions() throws Exception {
    TlsFiles files = authority.issue("mallory", user("mallory"));
    SSLContext caller = authority.javaCaller("TLSv1.3", files);
    try (SSLSocket first = socket(caller, "TLSv1.3")) {
      assertThat(first.getInputStream().read()).isNotNegative(); // tickets came before it
    }

    authority.revoke(TlsIdentity.load(files).certificate());
    TestAuthority.look(security);

    try (SSLSocket second = socket(caller, "TLSv1.3")) {
      assertThatThrownBy(() -> second.getInputStream().read()).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void shouldServeOnWhileCertificatesAreRenewed() throws Exception {
    ManagedChannel channel = channel(withoutCertificate());
    answers(channel);

    authority.issue("server", node("node-a"));
    TestAuthority.look(security);

    answers(channel);
    answers(channel(withoutCertificate()));
  }

  @Test
  void shouldBoundTheConnectionsOfAnAddress() throws Exception {
    List<Socket> halfOpen = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS_MAX; i++) {
      halfOpen.add(open(""));
    }
    await().until(() -> server.connections() == CONNECTIONS_MAX);

    assertThat(open("").getInputStream().read()).isEqualTo(-1);
    assertThat(server.connections()).isEqualTo(CONNECTIONS_MAX);

    halfOpen.get(0).close();
    await().until(() -> server.connections() == CONNECTIONS_MAX - 1);
    answers(channel(withoutCertificate()));
  }

  @Test
  void shouldEndHandshakesThatDoNotGetAnywhere() throws Exception {
    Socket silent = open("");
    Socket slow = open("\u0016\u0003\u0001");
    Socket garbage = open("GET / HTTP/1.1\r\n\r\n");

    garbage.setSoTimeout(2_000);
    assertThat(isEnded(garbage)).isTrue();
    silent.setSoTimeout(8_000);
    assertThat(isEnded(silent)).isTrue();
    slow.setSoTimeout(2_000);
    assertThat(isEnded(slow)).isTrue();
    await().until(() -> server.connections() == 0);
  }

  @Test
  void shouldTellOfHandshakesThatFail(@TempDir Path elsewhere) throws Exception {
    List<Failed> failed = new CopyOnWriteArrayList<>();
    security.handshakes().whenFailed(failed::add);
    TestAuthority other = new TestAuthority(elsewhere);
    TlsIdentity revoked = authority.identity("revoked", user("mallory"));
    authority.revoke(revoked.certificate());
    TestAuthority.look(security);

    fails(
        HandshakeFault.UNKNOWN_AUTHORITY,
        failed,
        () -> refuses(channel(TestAuthority.callerOf(other.issue("a", user("a")), authority))));
    fails(HandshakeFault.EXPIRED, failed, () -> refuses(channel(expired())));
    fails(HandshakeFault.REVOKED, failed, () -> refuses(channel(revoked)));
    fails(HandshakeFault.NOT_TLS, failed, () -> open("GET /?secret HTTP/1.1\r\n\r\n"));
    fails(
        HandshakeFault.OLD_TLS,
        failed,
        () -> {
          try (SSLSocket socket = socket(authority.javaCaller("TLS", null), "TLSv1.2")) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
          }
        });
    fails(
        HandshakeFault.CALLER_REFUSED,
        failed,
        () -> refuses(channel(other.identity("b", user("b")))));
    fails(HandshakeFault.TIMEOUT, failed, () -> open("\u0016\u0003\u0001"));
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private static void fails(HandshakeFault fault, List<Failed> failed, Attempt attempt)
      throws Exception {
    attempt.run();
    await()
        .untilAsserted(
            () -> assertThat(failed).contains(new Failed(Port.GRPC, "127.0.0.1", fault)));
    failed.clear(); // callers try again, however
  }

  /** Whatever asks from time to time whether a port is open is no attack. */
  @Test
  void shouldOnlyCountConnectionsThatGoAway() throws Exception {
    List<Failed> failed = new CopyOnWriteArrayList<>();
    security.handshakes().whenFailed(failed::add);

    open("").close();

    await().untilAsserted(() -> assertThat(failures("unfinished")).isEqualTo(1));
    answers(channel(withoutCertificate()));
    assertThat(failed).isEmpty();
  }

  private double failures(String reason) {
    var found =
        meters.find("holdfast.handshakes.failed").tags("port", "grpc", "reason", reason).counter();
    return found == null ? 0 : found.count();
  }

  /** Reads an alert perhaps, then the end. */
  private static boolean isEnded(Socket socket) throws IOException {
    int read = 0;
    while (read >= 0) {
      try {
        read = socket.getInputStream().read();
      } catch (java.net.SocketException reset) {
        return true;
      }
    }
    return true;
  }

  @Test
  void shouldTakeATokenButNoLargerHeaders() throws Exception {
    ManagedChannel channel = channel(withoutCertificate());

    answers(channel, "x".repeat(8 << 10));
    assertThatThrownBy(() -> answers(channel, "x".repeat(17 << 10)))
        .isInstanceOf(StatusRuntimeException.class);
    answers(channel);
  }

  private static void answers(ManagedChannel channel) {
    answers(channel, "");
  }

  private static void answers(ManagedChannel channel, String header) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), header);
    assertThat(
            InventoryServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .getStock(ServerFixture.store("berlin"))
                .getStock()
                .getOnHand())
        .isEqualTo(7);
  }

  private static void refuses(ManagedChannel channel) {
    assertThatThrownBy(() -> answers(channel))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure ->
                assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  private ChannelCredentials withoutCertificate() throws IOException {
    return TlsChannelCredentials.newBuilder()
        .trustManager(new ByteArrayInputStream(authority.pem().getBytes(StandardCharsets.US_ASCII)))
        .build();
  }

  private ManagedChannel channel(TlsIdentity identity) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                "127.0.0.1", server.port(), TestAuthority.callerOfNodes(identity))
            .overrideAuthority("node-a")
            .build();
    opened.add(channel::shutdownNow);
    return channel;
  }

  private ManagedChannel channel(ChannelCredentials credentials) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port(), credentials).build();
    opened.add(channel::shutdownNow);
    return channel;
  }

  private Socket open(String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    opened.add(socket);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }
}
