package dev.holdfast.common.http;

import static dev.holdfast.common.tls.TestAuthority.node;
import static dev.holdfast.common.tls.TestAuthority.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.access.Access;
import dev.holdfast.common.access.AccessBook;
import dev.holdfast.common.access.AccessWatch.RefusedCall;
import dev.holdfast.common.access.TokenReader;
import dev.holdfast.common.config.HttpKeys;
import dev.holdfast.common.net.HandshakeFault;
import dev.holdfast.common.net.Handshakes.Failed;
import dev.holdfast.common.net.Handshakes.Port;
import dev.holdfast.common.telemetry.HealthReport;
import dev.holdfast.common.telemetry.Telemetry;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.common.tls.TestAuthority;
import dev.holdfast.common.tls.TlsFiles;
import dev.holdfast.common.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
final class HttpTlsTest {
  private static final String HEALTH = "GET /api/health HTTP/1.1\r\nHost: a\r\n\r\n";

  private final Telemetry telemetry = Telemetry.of("node-a");
  private TestAuthority authority;
  private TlsIdentity identity;
  private NodeSecurity security;
  private HttpEndpoint endpoint;

  private final List<RefusedCall> refused = new CopyOnWriteArrayList<>();

  private record Keys(String host, int port) implements HttpKeys {}

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    authority = new TestAuthority(directory);
    identity = authority.identity("server", node("node-a"));
    security = TestAuthority.security(identity, 10);
    Access access = access(directory.resolve("access.yaml"));
    endpoint =
        HttpEndpoint.start(
            new HttpBinding(new Keys("127.0.0.1", 0), security, access),
            telemetry,
            () -> new HealthReport(true, Map.of(), security.status()));
  }

  private Access access(Path grants) throws Exception {
    Files.writeString(
        grants, "grants: {user/prom: [{role: scraper}], user/alice: [{role: viewer, stores: a}]}");
    return Access.guarded(
        AccessBook.open(grants, Set.of()),
        new Access.Proofs(TestAuthority.CLUSTER, identity::isRevoked, TokenReader.NONE),
        refused::add,
        InstantSource.system());
  }

  @AfterEach
  void close() {
    endpoint.close();
    security.close();
    telemetry.close();
  }

  @Test
  void shouldServeWithAndWithoutACertificate() throws Exception {
    assertThat(get(authority.javaCaller("TLSv1.3", null), "/api/health").body())
        .contains("\"security\":\"tls\"");
    SSLContext alice = authority.javaCaller("TLSv1.3", authority.issue("alice", user("alice")));
    assertThat(get(alice, "/api/health").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/api/metrics"})
  void shouldGiveMetricsToScrapersOnly(String path) throws Exception {
    SSLContext prom = authority.javaCaller("TLSv1.3", authority.issue("prom", user("prom")));
    SSLContext alice = authority.javaCaller("TLSv1.3", authority.issue("alice", user("alice")));

    HttpResponse<String> ofNobody = get(authority.javaCaller("TLSv1.3", null), path);
    HttpResponse<String> ofAlice = get(alice, path);

    assertThat(get(prom, path).statusCode()).isEqualTo(200);
    assertThat(ofNobody.statusCode()).isEqualTo(401);
    assertThat(ofNobody.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(ofNobody.body()).contains("UNAUTHENTICATED").doesNotContain("jvm");
    assertThat(ofAlice.statusCode()).isEqualTo(403);
    assertThat(ofAlice.body())
        .contains("PERMISSION_DENIED", "user/alice needs the role scraper")
        .doesNotContain("jvm");
  }

  /** None is too long for the headers: it is read, and refused for what it is. */
  @Test
  void shouldReadATokenOfTheLargestSize() throws Exception {
    URI uri = URI.create("https://127.0.0.1:" + endpoint.port() + "/metrics");
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + "x".repeat(8_192)).build();
    HttpClient client =
        HttpClient.newBuilder().sslContext(authority.javaCaller("TLSv1.3", null)).build();

    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }

  /** Other ways to write the path of the metrics, and to begin with one that is for all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%6detrics",
        "/metrics;a=b",
        "/metrics/",
        "/metrics/.",
        "/./metrics",
        "//metrics",
        "/api/../metrics",
        "/api/%2e%2e/metrics",
        "/api/..%2fmetrics",
        "/x/..;/metrics",
        "/api/health/../../metrics",
        "/api/health/../metrics",
        "/api/health;/../metrics",
        "/api/health/%2e%2e/metrics",
        "/api/health%2f..%2fmetrics",
        "/metrics?/api/health",
        "/metrics%3f/api/health",
        "/METRICS"
      })
  void shouldGiveNobodyMetricsUnderAnotherPath(String path) throws Exception {
    HttpResponse<String> answer = get(authority.javaCaller("TLSv1.3", null), path);

    assertThat(answer.statusCode()).isIn(400, 401);
    assertThat(answer.body()).doesNotContain("jvm");
  }

  /** Whether a path is there is told to those who say who they are. */
  @Test
  void shouldAskFirstWhoItIs() throws Exception {
    SSLContext alice = authority.javaCaller("TLSv1.3", authority.issue("alice", user("alice")));

    assertThat(get(authority.javaCaller("TLSv1.3", null), "/nothing").statusCode()).isEqualTo(401);
    assertThat(get(alice, "/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldRefuseOtherCertificatesOldTlsAndPlaintext(@TempDir Path elsewhere) throws Exception {
    TlsFiles stranger = new TestAuthority(elsewhere).issue("alice", user("alice"));
    SSLContext other = authority.javaCaller("TLSv1.3", stranger);
    assertThatThrownBy(() -> get(other, "/api/health")).isInstanceOf(IOException.class);

    try (SSLSocket old = socket("TLSv1.2", null)) {
      assertThatThrownBy(old::startHandshake).isInstanceOf(SSLException.class);
    }
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
      plain.getOutputStream().write(HEALTH.getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).doesNotContain("200");
    }
  }

  @Test
  void shouldTellOfHandshakesThatFail(@TempDir Path elsewhere) throws Exception {
    List<Failed> failed = new CopyOnWriteArrayList<>();
    security.handshakes().whenFailed(failed::add);
    TlsFiles stranger = new TestAuthority(elsewhere).issue("alice", user("alice"));

    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
        SSLSocket old = socket("TLSv1.2", null);
        SSLSocket other = socket("TLSv1.3", stranger)) {
      plain.getOutputStream().write(HEALTH.getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(old::startHandshake).isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> ask(other)).isInstanceOf(IOException.class);
      plain.getInputStream().readAllBytes();
    }

    assertThat(failed)
        .contains(
            new Failed(Port.HTTP, "127.0.0.1", HandshakeFault.NOT_TLS),
            new Failed(Port.HTTP, "127.0.0.1", HandshakeFault.OLD_TLS),
            new Failed(Port.HTTP, "127.0.0.1", HandshakeFault.UNKNOWN_AUTHORITY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/health", "/metrics", "/nothing", "/../etc/passwd", "/%2e%2e/"})
  void shouldTellBrowsersToBeCareful(String path) throws Exception {
    var headers = get(authority.javaCaller("TLSv1.3", null), path).headers();

    assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(headers.allValues("X-Frame-Options")).containsExactly("DENY");
    assertThat(headers.allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'; frame-ancestors 'none'");
    assertThat(headers.allValues("Referrer-Policy")).containsExactly("no-referrer");
    assertThat(headers.allValues("Cache-Control")).containsExactly("no-store");
    assertThat(headers.allValues("Strict-Transport-Security")).containsExactly("max-age=31536000");
    assertThat(headers.firstValue("Server")).isEmpty();
  }

  /** Also on a connection that is open. */
  @Test
  void shouldRefuseARevokedCertificate() throws Exception {
    TlsFiles files = authority.issue("mallory", user("mallory"));
    SSLContext mallory = authority.javaCaller("TLSv1.3", files);
    try (SSLSocket open = socket(mallory)) {
      assertThat(ask(open)).startsWith("HTTP/1.1 200 ");

      authority.revoke(TlsIdentity.load(files).certificate());
      identity.refresh();

      assertThat(ask(open)).startsWith("HTTP/1.1 401 ");
    }
    assertThat(refused)
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.principal()).hasToString("user/mallory");
              assertThat(call.method()).isEqualTo("GET /api/health");
              assertThat(call.refusal().message()).isEqualTo("the certificate is revoked");
            });
    // by a session that is resumed, or by a handshake
    try (SSLSocket resumed = socket(mallory)) {
      assertThat(askOrFail(resumed)).doesNotStartWith("HTTP/1.1 200 ");
    }
    SSLContext anew = authority.javaCaller("TLSv1.3", files);
    assertThatThrownBy(() -> get(anew, "/api/health")).isInstanceOf(IOException.class);
  }

  @Test
  void shouldShowARenewedCertificate() throws Exception {
    Certificate first = shown();

    authority.issue("server", node("node-a"));
    identity.refresh();

    assertThat(shown()).isNotEqualTo(first).isEqualTo(identity.certificate());
  }

  private Certificate shown() throws Exception {
    try (SSLSocket socket = socket(authority.javaCaller("TLSv1.3", null))) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void shouldAnswerWhileOthersKeepAllConnectionsHalfOpen() throws Exception {
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
        stalled.add(socket);
        socket.getOutputStream().write(new byte[] {0x16, 3, 1});
      }

      assertThat(get(authority.javaCaller("TLSv1.3", null), "/api/health").statusCode())
          .isEqualTo(200);
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  /** Longer than a connection without progress may last. */
  @Test
  void shouldKeepAConnectionThatIsUsed() throws Exception {
    try (SSLSocket socket = socket("TLSv1.3", null)) {
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      await()
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                assertThat(ask(socket)).startsWith("HTTP/1.1 200 ");
                return System.nanoTime() > end;
              });
    }
  }

  private static String askOrFail(SSLSocket socket) {
    try {
      return ask(socket);
    } catch (IOException refused) {
      return "";
    }
  }

  private static String ask(SSLSocket socket) throws IOException {
    socket.getOutputStream().write(HEALTH.getBytes(StandardCharsets.US_ASCII));
    byte[] answer = new byte[8 << 10];
    int read = socket.getInputStream().read(answer);
    return new String(answer, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
  }

  private SSLSocket socket(String protocol, @Nullable TlsFiles files) throws Exception {
    SSLSocket socket = socket(authority.javaCaller(protocol, files));
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  private SSLSocket socket(SSLContext context) throws IOException {
    return (SSLSocket)
        context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), endpoint.port());
  }

  private HttpResponse<String> get(SSLContext context, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("https://127.0.0.1:" + endpoint.port() + path);
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
