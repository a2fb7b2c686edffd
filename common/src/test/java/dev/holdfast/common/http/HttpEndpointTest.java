package dev.holdfast.common.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.access.Access;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.HttpKeys;
import dev.holdfast.common.telemetry.HealthReport;
import dev.holdfast.common.telemetry.Telemetry;
import dev.holdfast.common.tls.NodeSecurity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
final class HttpEndpointTest {
  private final AtomicReference<HealthReport> health =
      new AtomicReference<>(new HealthReport(true, Map.of("storage", "writable"), "off"));
  private final Telemetry telemetry = Telemetry.of("node-a");
  private final HttpEndpoint endpoint = start(0);

  private record Keys(String host, int port) implements HttpKeys {}

  private HttpEndpoint start(int port) {
    return start("127.0.0.1", port);
  }

  private HttpEndpoint start(String host, int port) {
    HttpBinding binding = new HttpBinding(new Keys(host, port), NodeSecurity.off(), Access.open());
    return HttpEndpoint.start(binding, telemetry, health::get);
  }

  @AfterEach
  void close() {
    endpoint.close();
    telemetry.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/api/metrics"})
  void shouldServeMetrics(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("jvm_info");
  }

  @Test
  void shouldSayThatItIsReady() throws Exception {
    HttpResponse<String> answer = get("/api/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).contains("\"ready\":true").contains("\"storage\":\"writable\"");
    assertThat(answer.body()).contains("\"security\":\"off\"");
    assertThat(answer.headers().map())
        .containsOnlyKeys(
            "cache-control",
            "content-length",
            "content-security-policy",
            "content-type",
            "date",
            "referrer-policy",
            "x-content-type-options",
            "x-frame-options",
            "x-request-id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/health", "/metrics", "/nothing", "/%00", "/../etc/passwd"})
  void shouldTellBrowsersToBeCareful(String path) throws Exception {
    var headers = get(path).headers();

    assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(headers.allValues("X-Frame-Options")).containsExactly("DENY");
    assertThat(headers.allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'; frame-ancestors 'none'");
    assertThat(headers.allValues("Referrer-Policy")).containsExactly("no-referrer");
    assertThat(headers.allValues("Cache-Control")).containsExactly("no-store");
    assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
    assertThat(headers.firstValue("Server")).isEmpty();
  }

  /** A page whose name was made to point here may be any of these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: evil.example:7301",
        "Host: localhost.evil.example",
        "Host: 127.0.0.1.evil.example",
        "Host: localhost@evil.example",
        "Host: "
      })
  void shouldNotAnswerUnderANameThatAnybodyCanHave(String host) throws Exception {
    String status = rawAnswer("GET /api/health HTTP/1.1\r\n" + host).lines().findFirst().get();

    assertThat(status).containsAnyOf(" 421 ", " 400 ");
  }

  @Test
  void shouldNotBelieveTheHostWhenTheRequestNamesAnother() throws Exception {
    String request = "GET http://evil.example/api/health HTTP/1.1\r\nHost: localhost";

    assertThat(rawAnswer(request)).containsAnyOf(" 421 ", " 400 ").doesNotContain("storage");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1\r\nHost: localhost",
        "HTTP/1.1\r\nHost: LOCALHOST:7301",
        "HTTP/1.1\r\nHost: 127.0.0.1:80",
        "HTTP/1.1\r\nHost: [::1]:7301",
        "HTTP/1.1\r\nHost: 10.0.0.7",
        "HTTP/1.0"
      })
  void shouldAnswerUnderAddressesAndTheNameOfThisMachine(String versionAndHost) throws Exception {
    assertThat(rawAnswer("GET /api/health " + versionAndHost)).contains(" 200 ", "storage");
  }

  /** Whoever opens it to a network has names for it there. */
  @Test
  void shouldAnswerUnderAnyNameOfANetwork() throws Exception {
    try (HttpEndpoint open = start("0.0.0.0", 0)) {
      String request = "GET /api/health HTTP/1.1\r\nHost: node-a";

      assertThat(rawAnswer(open.port(), request)).contains(" 200 ");
    }
  }

  private String rawAnswer(String request) throws IOException {
    return rawAnswer(endpoint.port(), request);
  }

  private static String rawAnswer(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String whole = request + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(whole.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void shouldSayThatItIsNotReady() throws Exception {
    health.set(new HealthReport(false, Map.of("partition-0", "no leader"), "off"));

    HttpResponse<String> answer = get("/api/health");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"partition-0\":\"no leader\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz", "/api/healthy", "/metrics/more"})
  void shouldSayWhatThereIsInsteadOf(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains(path).contains("/api/health");
  }

  /** No page can make a browser change anything, nor read an answer. */
  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
  void shouldOnlyBeRead(String method) throws Exception {
    HttpResponse<String> answer =
        send(
            request("/api/health")
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "GET")
                .method(method, HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.headers().map().keySet())
        .noneMatch(header -> header.startsWith("access-control-"));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
    assertThat(answer.body()).contains("METHOD_NOT_ALLOWED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/health", "/metrics", "/api/metrics", "/nothing"})
  void shouldAnswerWhoeverAsksForTheHeadAsIfForAll(String path) throws Exception {
    health.set(new HealthReport(false, Map.of("partition-0", "no leader"), "off"));

    HttpResponse<String> head =
        send(request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));

    HttpResponse<String> all = get(path);
    assertThat(head.statusCode()).isEqualTo(all.statusCode());
    assertThat(head.headers().firstValue("Content-Type"))
        .isEqualTo(all.headers().firstValue("Content-Type"));
    assertThat(head.body()).isEmpty();
  }

  @Test
  void shouldTellTheRequestId() throws Exception {
    HttpResponse<String> answer = send(request("/api/health").header("x-request-id", "probe-1"));

    assertThat(answer.headers().firstValue("x-request-id")).contains("probe-1");
  }

  /** As many as any caller can open: of half a request none may cost a thread. */
  @Test
  void shouldAnswerWhileOtherCallersStall() throws Exception {
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        stalled.add(open("GET /api/health HTTP/1.1\r\nHost: a"));
        stalled.add(open(""));
      }

      assertThat(get("/api/health").statusCode()).isEqualTo(200);
      assertThat(get("/metrics").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  /** Answers pile up in the sockets until nothing more fits. */
  @Test
  void shouldAnswerWhileOtherCallersDoNotRead() throws Exception {
    String metrics = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
    List<Socket> unread = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        unread.add(open(metrics.repeat(500)));
      }

      assertThat(get("/api/health").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : unread) {
        socket.close();
      }
    }
  }

  /** Everybody gets a turn, however many connections somebody else keeps open. */
  @Test
  void shouldAnswerWhenAllConnectionsAreTaken() throws Exception {
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        stalled.add(open("GET /api/health HTTP/1.1\r\nHost: a"));
      }

      assertThat(get("/api/health").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  @Test
  void shouldEndAConnectionThatNeverGetsAnywhere() throws Exception {
    try (Socket dripping = open("GET /api/health HTTP/1.1\r\nHost: a\r\n")) {
      await()
          .atMost(Duration.ofSeconds(45))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> isEnded(dripping));
    }
  }

  /** Sends one byte more, which no limit on idleness can mind. */
  private static boolean isEnded(Socket socket) throws IOException {
    socket.setSoTimeout(1);
    try {
      socket.getOutputStream().write('x');
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private Socket open(String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void shouldSayWhichKeyToChangeWhenThePortIsTaken() {
    assertThatThrownBy(() -> start(endpoint.port()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "HTTP cannot listen on 127.0.0.1:%d (Address already in use):"
                + " change holdfast.http.port or holdfast.http.host",
            endpoint.port());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
