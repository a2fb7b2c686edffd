package dev.holdfast.common.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpEndpointTest {
  private final AtomicReference<HealthReport> health =
      new AtomicReference<>(new HealthReport(true, Map.of("storage", "writable")));
  private final Telemetry telemetry = Telemetry.of("node-a");
  private final HttpEndpoint endpoint = HttpEndpoint.start("127.0.0.1", 0, telemetry, health::get);

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
  }

  @Test
  void shouldSayThatItIsNotReady() throws Exception {
    health.set(new HealthReport(false, Map.of("partition-0", "no leader")));

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

  @Test
  void shouldOnlyBeRead() throws Exception {
    HttpResponse<String> answer =
        send(request("/api/health").POST(HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
  }

  @Test
  void shouldAnswerWhoeverAsksForTheHeadOnly() throws Exception {
    HttpResponse<String> answer =
        send(request("/api/health").method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void shouldSayWhichKeyToChangeWhenThePortIsTaken() {
    assertThatThrownBy(
            () -> HttpEndpoint.start("127.0.0.1", endpoint.port(), telemetry, health::get))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "HTTP can not listen on 127.0.0.1:%d (Address already in use):"
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
