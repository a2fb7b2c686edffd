package dev.holdfast.aggregator.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.MoreExecutors;
import dev.holdfast.aggregator.api.GlobalStockService;
import dev.holdfast.aggregator.api.HistoryService;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.access.Access;
import dev.holdfast.common.config.HttpKeys;
import dev.holdfast.common.http.HttpBinding;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.common.telemetry.HealthReport;
import dev.holdfast.common.telemetry.Telemetry;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc.SyncServiceImplBase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts of pages in browsers, and of paths, to get more than there is. */
@Timeout(60)
class HttpApiAttacksTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Telemetry telemetry = Telemetry.of("aggregator");
  private ViewStore store;
  private HttpApi http;

  private record Keys(String host, int port) implements HttpKeys {}

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    store = ViewStore.open(directory, "c1", "aggregator", TestKeys.usual());
    ViewProgress progress = new ViewProgress();
    progress.open(List.of(ViewCursor.START));
    GlobalStockService stock =
        new GlobalStockService(
            store, progress, Ticker.systemTicker(), MoreExecutors.directExecutor());
    HistoryService history =
        new HistoryService(
            store,
            progress,
            Ticker.systemTicker(),
            MoreExecutors.directExecutor(),
            true,
            InstantSource.system());
    history.open(new PartitionMap(1, Map.of()));
    http =
        new HttpApi(
            new HttpBinding(new Keys("127.0.0.1", 0), NodeSecurity.off(), Access.open()),
            telemetry,
            () -> new HealthReport(true, Map.of("view", "ok"), "off"),
            stock,
            history,
            new SyncServiceImplBase() {});
  }

  @AfterEach
  void close() {
    http.close();
    store.close();
    telemetry.close();
  }

  /** No page can make a browser change anything, nor read an answer. */
  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
  void shouldOnlyBeRead(String method) throws Exception {
    for (String path :
        List.of("/api/global", "/api/global/mug", "/api/history", "/api/sync/status", "/metrics")) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri(path))
                  .header("Origin", "https://evil.example")
                  .header("Access-Control-Request-Method", "GET")
                  .header("X-HTTP-Method-Override", "GET")
                  .method(method, BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());

      assertThat(answer.statusCode()).as(path).isEqualTo(405);
      assertThat(answer.headers().map().keySet())
          .noneMatch(header -> header.startsWith("access-control-"));
      assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/",
        "/api/../",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/api/global/../../../etc/passwd",
        "/api/global/%2e%2e/sync/status",
        "/META-INF/MANIFEST.MF",
        "/webjars/",
        "/favicon.ico"
      })
  void shouldHaveNoFilesAndNoDirectories(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
  }

  /** A path with encoded separators is the name of one SKU, and of nothing above it. */
  @Test
  void shouldTakeEncodedSeparatorsForPartsOfAName() throws Exception {
    HttpResponse<String> answer = get("/api/global/..%2f..%2fsync%2fstatus");

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain("\"running\"");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + http.port() + path);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
