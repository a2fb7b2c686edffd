package dev.holdfast.aggregator.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.base.Ticker;
import com.google.common.hash.HashCode;
import com.google.common.util.concurrent.MoreExecutors;
import dev.holdfast.aggregator.api.GlobalStockService;
import dev.holdfast.aggregator.api.HistoryService;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.storage.ViewStore;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.aggregator.view.EventHeader;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.access.Access;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.HttpKeys;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.http.HttpBinding;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.common.telemetry.HealthReport;
import dev.holdfast.common.telemetry.Telemetry;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusRequest;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusResponse;
import dev.holdfast.proto.aggregator.v1.PartitionSync;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc.SyncServiceImplBase;
import dev.holdfast.proto.log.v1.StateDigest;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint on a stored view, over HTTP. */
@Timeout(60)
class HttpApiTest {
  private static final ViewCursor CURSOR =
      ViewCursor.START.at(9, HashCode.fromBytes(new byte[] {1}), 5);

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Telemetry telemetry = Telemetry.of("aggregator");
  private final ViewProgress progress = new ViewProgress();
  private volatile HealthReport health = new HealthReport(true, Map.of("view", "ok"), "off");
  private final SyncServiceImplBase sync = new TailedView();
  private volatile CountDownLatch slow = new CountDownLatch(0);
  private ViewStore store;
  private HttpApi http;

  /** Follows one partition. */
  private final class TailedView extends SyncServiceImplBase {
    @Override
    public void getSyncStatus(
        GetSyncStatusRequest request, StreamObserver<GetSyncStatusResponse> out) {
      awaitRelease();
      PartitionSync.Builder partition =
          PartitionSync.newBuilder()
              .setNodeId("node-a")
              .setCursor(9)
              .setAgeMillis(-1)
              .setDigest(StateDigest.newBuilder().setLow(-1).setRecords(4));
      out.onNext(
          GetSyncStatusResponse.newBuilder().setRunning(true).addPartitions(partition).build());
      out.onCompleted();
    }
  }

  private void awaitRelease() {
    try {
      slow.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Keys(String host, int port) implements HttpKeys {}

  @BeforeEach
  void start() throws Exception {
    store = ViewStore.open(directory, "c1", "aggregator", TestKeys.usual());
    store.write(
        TestViews.update(
            Map.of(
                new StockKey("berlin", "mug"), new StockLevel(50, 8, 3),
                new StockKey("rome", "mug"), StockLevel.opening(20),
                new StockKey("rome", "a/b 100%"), StockLevel.opening(7),
                new StockKey("rome", "cup"), StockLevel.opening(0)),
            Map.of(
                "mug", TestViews.total(70, 8, 2),
                "a/b 100%", TestViews.total(7, 0, 1),
                "cup", TestViews.total(0, 0, 1)),
            Map.of("mug", new UnmetDemand(2, 9)),
            Map.of(0, CURSOR),
            List.of()),
        LetterUpdate.NONE);
    http = start(0);
  }

  private HttpApi start(int port) {
    GlobalStockService stock =
        new GlobalStockService(
            store, progress, Ticker.systemTicker(), MoreExecutors.directExecutor());
    return new HttpApi(
        new HttpBinding(new Keys("127.0.0.1", port), NodeSecurity.off(), Access.open()),
        telemetry,
        () -> health,
        stock,
        history(),
        sync);
  }

  private HistoryService history() {
    HistoryService history =
        new HistoryService(
            store,
            progress,
            Ticker.systemTicker(),
            MoreExecutors.directExecutor(),
            true,
            InstantSource.system());
    history.open(new PartitionMap(1, Map.of()));
    return history;
  }

  @AfterEach
  void close() {
    http.close();
    store.close();
    telemetry.close();
  }

  @Test
  void shouldTellOneSkuOverAllStores() throws Exception {
    progress.open(List.of(CURSOR));

    HttpResponse<String> answer = get("/api/global/mug");
    JsonNode json = json(answer);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-type")).isEqualTo("application/json");
    assertThat(json.get("sku").asString()).isEqualTo("mug");
    assertThat(json.get("on_hand").isIntegralNumber()).isTrue();
    assertThat(numbers(json, "on_hand", "reserved", "available", "parked_changes"))
        .containsExactly(70L, 8L, 62L, 0L);
    assertThat(numbers(json.get("stores").get(0), "on_hand", "reserved", "available", "version"))
        .containsExactly(50L, 8L, 42L, 3L);
    assertThat(json.get("stores").get(1).get("store").asString()).isEqualTo("rome");
    assertThat(numbers(json.get("unmet_demand"), "times", "units")).containsExactly(2L, 9L);
    assertThat(numbers(json.get("as_of").get(0), "partition", "sequence", "age_millis"))
        .containsExactly(0L, 9L, -1L);
    assertThat(json.get("as_of").get(0).get("untrusted").asString()).isEmpty();
  }

  @Test
  void shouldSayWhichPartIsNotToBeTrusted() throws Exception {
    ViewCursor distrusted = CURSOR.with(CURSOR.trust().distrusted("differs at 9"));
    store.write(
        TestViews.update(Map.of(), Map.of(), Map.of(), Map.of(0, distrusted), List.of()),
        LetterUpdate.NONE);
    progress.open(List.of(distrusted));

    JsonNode asOf = json(get("/api/global/mug")).get("as_of");

    assertThat(asOf.get(0).get("untrusted").asString()).isEqualTo("differs at 9");
  }

  @Test
  void shouldTakeEverySkuInAPath() throws Exception {
    progress.open(List.of(CURSOR));

    HttpResponse<String> answer = get("/api/global/a%2Fb%20100%25");

    assertThat(json(answer).get("sku").asString()).isEqualTo("a/b 100%");
  }

  /** What an answer is about, it names: 404 tells which SKU was understood. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\b", "a/b", "/", "//", "a//b", "/a/", "50%", "%2F", "%252F", "a+b", "a b", "a;b", ";",
            "a;b=c",
        ".", "..", "../x", "a/../b", "a/./b", "?x", "a#b", "a&b=c", "ü/ß", "<a>", "\"q\"", "a|b",
            "^", "`",
        "{a}", "[1]", "a:b", "@", "~", "'", "a,b", "$!*()", "日本", "😀", "a%00b", "health", "*"
      })
  void shouldTakeEveryCharacterOfASku(String sku) throws Exception {
    progress.open(List.of(CURSOR));
    String encoded = URLEncoder.encode(sku, StandardCharsets.UTF_8).replace("+", "%20");

    HttpResponse<String> answer = get("/api/global/" + encoded);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    assertThat(json(answer).get("metadata").get("sku").asString()).isEqualTo(sku);
  }

  /** A plus sign stands for itself in a path. */
  @Test
  void shouldTakeAPlusSignAsItIs() throws Exception {
    progress.open(List.of(CURSOR));

    assertThat(json(get("/api/global/a+b")).get("metadata").get("sku").asString()).isEqualTo("a+b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics",
        "/api/metrics",
        "/api/health",
        "/api/sync/status",
        "/api/global",
        "/api/global/mug",
        "/api/global/pot",
        "/api/history?store=rome&sku=mug",
        "/api/history/as-of?store=rome&sku=mug&sequence=5",
        "/api/nothing"
      })
  void shouldAnswerWhoeverAsksForTheHeadAsIfForAll(String path) throws Exception {
    health = new HealthReport(false, Map.of("view", "disk full"), "off");
    HttpRequest head =
        HttpRequest.newBuilder(uri(path)).method("HEAD", BodyPublishers.noBody()).build();

    HttpResponse<String> answer = client.send(head, BodyHandlers.ofString());

    HttpResponse<String> all = get(path);
    assertThat(answer.statusCode()).isEqualTo(all.statusCode());
    assertThat(header(answer, "content-type")).isEqualTo(header(all, "content-type"));
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void shouldListWithFiltersAndPages() throws Exception {
    progress.open(List.of(CURSOR));

    JsonNode first = json(get("/api/global?page_size=1&include_stores=true"));
    String token = encoded(first.get("next_page_token").asString());
    JsonNode next = json(get("/api/global?page_size=1&page_token=" + token));
    JsonNode demanded = json(get("/api/global?prefix=mug&include_unmet_demand=true"));
    JsonNode scarce = json(get("/api/global?available_below=10&store=rome&prefix=c"));

    assertThat(skus(first)).containsExactly("a/b 100%");
    assertThat(first.get("items").get(0).get("stores")).hasSize(1);
    assertThat(first.get("items").get(0).get("unmet_demand").isNull()).isTrue();
    assertThat(demanded.get("items").get(0).get("unmet_demand").get("units").asLong()).isEqualTo(9);
    assertThat(first.get("as_of")).hasSize(1);
    assertThat(skus(next)).containsExactly("cup");
    assertThat(skus(scarce)).containsExactly("cup");
    assertThat(scarce.get("next_page_token").asString()).isEmpty();
  }

  @Test
  void shouldAnswerWithAProblemWhenThereIsNoSuchSku() throws Exception {
    progress.open(List.of(CURSOR));

    HttpResponse<String> answer = get("/api/global/pot", "x-request-id", "order-17");
    JsonNode problem = json(answer);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
    assertThat(header(answer, "x-request-id")).isEqualTo("order-17");
    assertThat(problem.get("type").asString()).isEqualTo("urn:holdfast:problem:not-found");
    assertThat(problem.get("title").asString()).isEqualTo("Not found");
    assertThat(problem.get("status").asInt()).isEqualTo(404);
    assertThat(problem.get("reason").asString()).isEqualTo("NOT_FOUND");
    assertThat(problem.get("detail").asString()).contains("no store has SKU 'pot'");
    assertThat(problem.get("request_id").asString()).isEqualTo("order-17");
    assertThat(problem.get("metadata").get("sku").asString()).isEqualTo("pot");
  }

  @Test
  void shouldNameTheParameterThatIsWrong() throws Exception {
    progress.open(List.of(CURSOR));

    assertThat(violated("/api/global?prefix=" + "x".repeat(129))).containsExactly("prefix");
    assertThat(violated("/api/global?available_below=few")).containsExactly("available_below");
    assertThat(violated("/api/global?available_below=-1")).containsExactly("available_below");
    assertThat(violated("/api/global?page_size=10001")).containsExactly("page_size");
    assertThat(violated("/api/global?page_token=x")).containsExactly("page_token");
    assertThat(violated("/api/global?include_stores=yes")).containsExactly("include_stores");
    assertThat(violated("/api/global?page-size=5")).containsExactly("page-size");
    assertThat(violated("/api/global?store=a&store=b")).containsExactly("store");
    assertThat(violated("/api/global/mug?stores=no")).containsExactly("stores");
    assertThat(violated("/api/global/" + "x".repeat(129))).containsExactly("sku");
  }

  @Test
  void shouldInviteToAskAgainWhileThereIsNoView() throws Exception {
    HttpResponse<String> answer = get("/api/global/mug");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(header(answer, "retry-after")).isEqualTo("1");
    assertThat(json(answer).get("reason").asString()).isEqualTo("STALE");
  }

  /** Jetty refuses such a path before any route is asked. */
  @Test
  void shouldRefuseAPathThatCanNotBeReadWithAProblem() throws Exception {
    HttpResponse<String> answer = get("/api/global/%00");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
    assertThat(json(answer).get("reason").asString()).isEqualTo("BAD_REQUEST");
    assertThat(json(answer).get("request_id").asString())
        .isNotEmpty()
        .isEqualTo(header(answer, "x-request-id"));
  }

  @Test
  void shouldTellTheHistoryOfAnItemInPages() throws Exception {
    moved();

    JsonNode first = json(get("/api/history?store=berlin&sku=cap&page_size=1"));
    String token = encoded(first.get("next_page_token").asString());
    JsonNode next = json(get("/api/history?store=berlin&sku=cap&page_size=1&page_token=" + token));
    JsonNode oldest = json(get("/api/history?store=berlin&sku=cap&order=oldest_first"));
    JsonNode from = json(get("/api/history?store=berlin&sku=cap&from_sequence=11"));

    assertThat(first.get("items")).hasSize(1);
    JsonNode sale = first.get("items").get(0);
    assertThat(numbers(sale, "sequence", "time_millis", "on_hand_delta", "reserved_delta"))
        .containsExactly(11L, 60L, -2L, 0L);
    assertThat(sale.get("reason").asString()).isEqualTo("SALE");
    assertThat(numbers(sale.get("after"), "on_hand", "version")).containsExactly(3L, 2L);
    assertThat(numbers(first.get("since"), "sequence")).containsExactly(0L);
    assertThat(numbers(first.get("as_of"), "partition", "sequence")).containsExactly(0L, 11L);
    assertThat(sequences(next)).containsExactly(10L);
    assertThat(next.get("next_page_token").asString()).isEmpty();
    assertThat(sequences(oldest)).containsExactly(10L, 11L);
    assertThat(sequences(from)).containsExactly(11L);
  }

  @Test
  void shouldTellTheStockOfAMoment() throws Exception {
    moved();

    JsonNode then = json(get("/api/history/as-of?store=berlin&sku=cap&sequence=10"));
    JsonNode now = json(get("/api/history/as-of?store=berlin&sku=cap&time_millis=60"));
    HttpResponse<String> ahead = get("/api/history/as-of?store=berlin&sku=cap&sequence=12");

    assertThat(numbers(then, "on_hand", "version")).containsExactly(5L, 1L);
    assertThat(numbers(now, "on_hand", "version")).containsExactly(3L, 2L);
    assertThat(json(ahead).get("reason").asString()).isEqualTo("AHEAD_OF_LOG");
    assertThat(json(ahead).get("metadata").get("next_sequence").asString()).isEqualTo("12");
  }

  @Test
  void shouldNameTheParameterOfAHistoryThatIsWrong() throws Exception {
    moved();
    String item = "/api/history?store=berlin&sku=cap";

    assertThat(violated("/api/history?sku=cap")).containsExactly("store");
    assertThat(violated(item + "&order=up")).containsExactly("order");
    assertThat(violated(item + "&from_sequence=-1")).containsExactly("from_sequence");
    assertThat(violated(item + "&to_sequence=1&to_time_millis=1")).containsExactly("to_sequence");
    assertThat(violated(item + "&page_token=x")).containsExactly("page_token");
    assertThat(violated(item + "&limit=5")).containsExactly("limit");
    assertThat(violated("/api/history/as-of?store=berlin&sku=cap")).containsExactly("sequence");
    assertThat(get("/api/history?store=berlin&sku=pot").statusCode()).isEqualTo(404);
  }

  /** An item came and was sold, in the two events behind the cursor. */
  private void moved() {
    StockKey cap = new StockKey("berlin", "cap");
    StockLevel first = StockLevel.opening(5);
    StockLevel last = new StockLevel(3, 0, 2);
    Event sale = new Event.StockAdjusted(cap, -2, AdjustmentReason.SALE, last);
    ViewCursor end = CURSOR.at(11, CURSOR.batchHash(), 60);
    store.write(
        TestViews.update(
            Map.of(cap, last),
            Map.of("cap", TestViews.total(3, 0, 1)),
            Map.of(),
            Map.of(0, end),
            List.of(
                new Movement(happened(10, 50, new Event.ItemCreated(cap, first)), cap, null, first),
                new Movement(happened(11, 60, sale), cap, first, last)),
            List.of()),
        LetterUpdate.NONE);
    progress.open(List.of(end));
  }

  private static EventHeader happened(long sequence, long timeMillis, Event event) {
    return new EventHeader(sequence, timeMillis, event.facts(), Origin.SYSTEM, "");
  }

  private static List<Long> sequences(JsonNode page) {
    return page.get("items").valueStream().map(item -> item.get("sequence").asLong()).toList();
  }

  @Test
  void shouldRefuseOtherPathsAndMethodsWithProblems() throws Exception {
    HttpResponse<String> noPath = get("/api/stock");
    HttpResponse<String> noMethod =
        client.send(
            HttpRequest.newBuilder(uri("/api/health")).DELETE().build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(noPath.statusCode()).isEqualTo(404);
    assertThat(header(noPath, "content-type")).isEqualTo("application/problem+json");
    assertThat(json(noPath).get("request_id").asString())
        .isNotEmpty()
        .isEqualTo(header(noPath, "x-request-id"));
    assertThat(noMethod.statusCode()).isEqualTo(405);
    assertThat(json(noMethod).get("status").asInt()).isEqualTo(405);
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
    progress.open(List.of(CURSOR));

    HttpResponse<String> answer = get("/api/global/..%2f..%2fsync%2fstatus");

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain("\"running\"");
  }

  @Test
  void shouldTellItsHealth() throws Exception {
    assertThat(get("/api/health").statusCode()).isEqualTo(200);
    health = new HealthReport(false, Map.of("view", "disk full"), "off");

    HttpResponse<String> answer = get("/api/health");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo("{\"ready\":false,\"checks\":{\"view\":\"disk full\"},\"security\":\"off\"}");
  }

  @Test
  void shouldTellHowTheViewIsKept() throws Exception {
    JsonNode status = json(get("/api/sync/status"));
    JsonNode partition = status.get("partitions").get(0);

    assertThat(status.get("running").asBoolean()).isTrue();
    assertThat(numbers(partition, "partition", "cursor", "age_millis", "lag_events"))
        .containsExactly(0L, 9L, -1L, 0L);
    assertThat(partition.get("node_id").asString()).isEqualTo("node-a");
    assertThat(partition.get("digest").get("low").asString()).isEqualTo("ffffffffffffffff");
    assertThat(partition.get("digest").get("records").asLong()).isEqualTo(4);
  }

  @Test
  void shouldShowMetricsToPrometheus() throws Exception {
    telemetry.meters().counter("holdfast.test.things").increment(3);

    HttpResponse<String> text = get("/metrics");
    HttpResponse<String> open =
        get("/api/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

    assertThat(header(text, "content-type")).startsWith("text/plain; version=0.0.4");
    assertThat(text.body()).contains("holdfast_test_things_total{node=\"aggregator\"} 3.0");
    assertThat(header(open, "content-type")).startsWith("application/openmetrics-text");
    assertThat(open.body()).endsWith("# EOF\n");
  }

  @Test
  void shouldMeasureRequestsByRoutedPathAndStatus() throws Exception {
    progress.open(List.of(CURSOR));
    get("/api/global/mug");
    get("/api/global/pot");
    get("/api/nothing");

    String metrics = get("/metrics").body();

    assertThat(metrics)
        .contains(measured("/api/global/<sku>", 200))
        .contains(measured("/api/global/<sku>", 404))
        .contains(measured("none", 404));
  }

  private static String measured(String path, int status) {
    return "holdfast_http_server_seconds_count{node=\"aggregator\",path=\"%s\",status=\"%d\"} 1"
        .formatted(path, status);
  }

  @Test
  void shouldAnswerManyAtOnce() throws Exception {
    progress.open(List.of(CURSOR));
    ExecutorService callers = Executors.newFixedThreadPool(32);
    try {
      List<Future<Integer>> answers =
          IntStream.range(0, 500)
              .mapToObj(i -> callers.submit(() -> get("/api/global/mug").statusCode()))
              .toList();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  /** Reads that wait, as all do that need a busy disk, leave health alone. */
  @Test
  void shouldRefuseMoreReadsThanItHasRoomForAndStayHealthy() throws Exception {
    progress.open(List.of(CURSOR));
    CountDownLatch release = new CountDownLatch(1);
    slow = release;
    List<CompletableFuture<HttpResponse<String>>> waiting =
        IntStream.range(0, 60).mapToObj(i -> getAsync("/api/sync/status")).toList();

    await().until(() -> waiting.stream().filter(CompletableFuture::isDone).count() == 12);
    assertThat(get("/api/health").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").statusCode()).isEqualTo(200);

    release.countDown();
    Map<Integer, Long> statuses =
        waiting.stream()
            .map(CompletableFuture::join)
            .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
    assertThat(statuses).containsOnly(Map.entry(200, 48L), Map.entry(503, 12L));
    HttpResponse<String> refused =
        waiting.stream()
            .map(CompletableFuture::join)
            .filter(a -> a.statusCode() == 503)
            .findAny()
            .get();
    assertThat(json(refused).get("reason").asString()).isEqualTo("OVERLOADED");
    assertThat(header(refused, "retry-after")).isEqualTo("1");
    await().until(() -> get("/api/global/mug").statusCode() == 200);
  }

  private CompletableFuture<HttpResponse<String>> getAsync(String path) {
    return client.sendAsync(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  @Test
  void shouldRefuseAPortInUse() {
    assertThatThrownBy(() -> start(http.port()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("holdfast.http.port");
  }

  private List<String> violated(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    JsonNode violations = json(answer).get("violations");
    return violations.valueStream().map(one -> one.get("field").asString()).toList();
  }

  private static List<String> skus(JsonNode page) {
    return page.get("items").valueStream().map(item -> item.get("sku").asString()).toList();
  }

  private static List<Long> numbers(JsonNode json, String... names) {
    return List.of(names).stream().map(name -> json.get(name).asLong()).toList();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + http.port() + path);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
