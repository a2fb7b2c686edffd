package dev.holdfast.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.holdfast.aggregator.testing.AggregatorSettings;
import dev.holdfast.aggregator.testing.FakeStoreNode;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.common.access.MethodRules;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusRequest;
import dev.holdfast.proto.aggregator.v1.PartitionSync;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GetPositionsRequest;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc.GlobalStockServiceBlockingStub;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.ViewPosition;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole aggregator against a fake store node, over gRPC. */
class AggregatorServerTest {
  @TempDir private Path directory;
  private final List<PartitionLog> logs = List.of(new PartitionLog(0), new PartitionLog(1));
  private final List<ManagedChannel> channels = new ArrayList<>();
  private FakeStoreNode node;

  @BeforeEach
  void startNode() throws Exception {
    logs.get(0).append(List.of(created("berlin", "mug", 50), created("berlin", "cup", 5)));
    logs.get(1).append(List.of(created("paris", "mug", 30), created("rome", "mug", 20)));
    node = new FakeStoreNode("c1", logs);
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    node.close();
  }

  private static Event created(String store, String sku, long quantity) {
    return new Event.ItemCreated(new StockKey(store, sku), StockLevel.opening(quantity));
  }

  private AggregatorServer start() {
    return start(Map.of());
  }

  private AggregatorServer start(Map<String, String> settings) {
    return AggregatorServer.start(
        AggregatorSettings.of(directory.resolve("data"), node.port(), settings));
  }

  private ManagedChannel channel(AggregatorServer server) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
    channels.add(channel);
    return channel;
  }

  private GlobalStockServiceBlockingStub stub(AggregatorServer server) {
    return GlobalStockServiceGrpc.newBlockingStub(channel(server));
  }

  private static Position position(int partition, long sequence) {
    return Position.newBuilder().setPartition(partition).setSequence(sequence).build();
  }

  private static GetGlobalStockRequest mug(Position... waitFor) {
    return GetGlobalStockRequest.newBuilder().setSku("mug").addAllWaitFor(List.of(waitFor)).build();
  }

  private void awaitServing(AggregatorServer server) {
    var health = HealthGrpc.newBlockingStub(channel(server));
    await()
        .until(
            () ->
                health.check(HealthCheckRequest.getDefaultInstance()).getStatus()
                    == ServingStatus.SERVING);
  }

  /** The answer once the view includes everything. */
  private GetGlobalStockResponse whole(AggregatorServer server) {
    awaitServing(server);
    return stub(server)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .getGlobalStock(mug(position(0, logs.get(0).head()), position(1, logs.get(1).head())));
  }

  /** A method without a rule would be refused to everybody. */
  @Test
  void shouldHaveARuleOfAccessForEveryMethod() {
    try (AggregatorServer server = start()) {
      assertThat(server.methods())
          .hasSizeGreaterThan(20)
          .allSatisfy(method -> assertThat(MethodRules.of(method)).as(method).isNotNull());
    }
  }

  private static Reason reason(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      return Optional.ofNullable(StatusReader.reasonOf(e)).orElseThrow();
    }
    throw new AssertionError("it was not refused");
  }

  private List<Long> ages(AggregatorServer server) {
    return stub(server).getGlobalStock(mug()).getAsOfList().stream()
        .map(ViewPosition::getAgeMillis)
        .toList();
  }

  private List<Long> lags(AggregatorServer server) {
    return SyncServiceGrpc.newBlockingStub(channel(server))
        .getSyncStatus(GetSyncStatusRequest.getDefaultInstance())
        .getPartitionsList()
        .stream()
        .map(PartitionSync::getLagEvents)
        .toList();
  }

  private static List<String> violated(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      var status = Objects.requireNonNull(StatusProto.fromThrowable(e));
      return StatusReader.violationsOf(status).stream().map(FieldViolation::field).toList();
    }
    throw new AssertionError("it was not refused");
  }

  @Test
  void shouldAnswerOneSkuOverAllStores() {
    try (AggregatorServer server = start()) {
      GetGlobalStockResponse answer = whole(server);

      assertThat(answer.getStock().getOnHand()).isEqualTo(100);
      assertThat(answer.getStock().getAvailable()).isEqualTo(100);
      assertThat(answer.getStock().getStoresList())
          .extracting(level -> level.getStore() + " " + level.getOnHand())
          .containsExactly("berlin 50", "paris 30", "rome 20");
      assertThat(answer.getAsOfList())
          .extracting(ViewPosition::getPartition, ViewPosition::getSequence)
          .containsExactly(tuple(0, 2L), tuple(1, 2L));
    }
  }

  @Test
  void shouldWaitForAWriteToBeIncluded() throws Exception {
    try (AggregatorServer server = start()) {
      whole(server);
      var stub = GlobalStockServiceGrpc.newFutureStub(channel(server));
      var answer = stub.withDeadlineAfter(20, TimeUnit.SECONDS).getGlobalStock(mug(position(1, 3)));
      logs.get(1).append(List.of(created("oslo", "mug", 7)));

      node.pump();

      assertThat(answer.get().getStock().getOnHand()).isEqualTo(107);
    }
  }

  @Test
  void shouldSayThatItIsBehindBeforeTheDeadline() {
    try (AggregatorServer server = start()) {
      awaitServing(server);
      var stub = stub(server).withDeadlineAfter(2, TimeUnit.SECONDS);

      assertThat(reason(() -> stub.getGlobalStock(mug(position(1, 999))))).isEqualTo(Reason.STALE);
    }
  }

  @Test
  void shouldListInPages() {
    try (AggregatorServer server = start()) {
      whole(server);
      var first = ListGlobalStockRequest.newBuilder().setPageSize(1).build();
      ListGlobalStockResponse page = stub(server).listGlobalStock(first);
      var second = first.toBuilder().setPageToken(page.getNextPageToken()).setIncludeStores(true);
      ListGlobalStockResponse last = stub(server).listGlobalStock(second.build());

      assertThat(page.getStockList()).extracting(GlobalStock::getSku).containsExactly("cup");
      assertThat(page.getStock(0).getStoresList()).isEmpty();
      assertThat(last.getStockList()).extracting(GlobalStock::getSku).containsExactly("mug");
      assertThat(last.getStock(0).getStoresList()).hasSize(3);
      assertThat(last.getNextPageToken()).isEmpty();
      assertThat(last.getAsOfCount()).isEqualTo(2);
    }
  }

  @Test
  void shouldReadManySkusFromOneMoment() {
    try (AggregatorServer server = start()) {
      whole(server);
      var request =
          BatchGetGlobalStockRequest.newBuilder().addAllSkus(List.of("mug", "pot", "cup")).build();

      BatchGetGlobalStockResponse answer = stub(server).batchGetGlobalStock(request);

      assertThat(answer.getStockList())
          .extracting(GlobalStock::getSku, GlobalStock::getOnHand, GlobalStock::getStoresCount)
          .containsExactly(tuple("mug", 100L, 3), tuple("cup", 5L, 1));
      assertThat(answer.getMissingList()).containsExactly("pot");
      assertThat(answer.getAsOfList())
          .extracting(ViewPosition::getSequence)
          .containsExactly(2L, 2L);
    }
  }

  @Test
  void shouldTellItsPositions() {
    try (AggregatorServer server = start()) {
      whole(server);

      var answer = stub(server).getPositions(GetPositionsRequest.getDefaultInstance());

      assertThat(answer.getPositionsList())
          .extracting(ViewPosition::getPartition, ViewPosition::getSequence)
          .containsExactly(tuple(0, 2L), tuple(1, 2L));
    }
  }

  @Test
  void shouldListWhatIsScarce() {
    try (AggregatorServer server = start()) {
      whole(server);
      var scarce = ListGlobalStockRequest.newBuilder().setAvailableBelow(21);

      var overall = stub(server).listGlobalStock(scarce.build());
      var inRome = stub(server).listGlobalStock(scarce.setStore("rome").build());

      assertThat(overall.getStockList()).extracting(GlobalStock::getSku).containsExactly("cup");
      assertThat(inRome.getStockList()).extracting(GlobalStock::getOnHand).containsExactly(100L);
      assertThat(inRome.getStock(0).getStoresList())
          .extracting(level -> level.getStore() + " " + level.getAvailable())
          .containsExactly("rome 20");
    }
  }

  @Test
  void shouldBindAPageTokenToItsFilters() {
    try (AggregatorServer server = start()) {
      whole(server);
      var list = ListGlobalStockRequest.newBuilder().setPageSize(1).setAvailableBelow(1_000);
      var page = stub(server).listGlobalStock(list.build());
      list.setPageToken(page.getNextPageToken());

      assertThat(stub(server).listGlobalStock(list.build()).getStock(0).getSku()).isEqualTo("mug");
      assertThat(violated(() -> stub(server).listGlobalStock(list.setStore("rome").build())))
          .containsExactly("page_token");
    }
  }

  @Test
  void shouldNameTheFieldThatIsMalformed() {
    try (AggregatorServer server = start()) {
      whole(server);
      var stub = stub(server);
      var list =
          ListGlobalStockRequest.newBuilder()
              .setSkuPrefix("x".repeat(129))
              .setAvailableBelow(-1)
              .setStore("a\nb");
      var none = BatchGetGlobalStockRequest.getDefaultInstance();
      var many = none.toBuilder().addAllSkus(Collections.nCopies(1_001, "mug")).build();
      var unnamed = none.toBuilder().addSkus("mug").addSkus("").build();

      assertThat(violated(() -> stub.listGlobalStock(list.build())))
          .containsExactly("sku_prefix", "available_below", "store");
      assertThat(violated(() -> stub.batchGetGlobalStock(none))).containsExactly("skus");
      assertThat(violated(() -> stub.batchGetGlobalStock(many))).containsExactly("skus");
      assertThat(violated(() -> stub.batchGetGlobalStock(unnamed))).containsExactly("skus[1]");
    }
  }

  @Test
  void shouldRefuseWhatIsMalformed() {
    try (AggregatorServer server = start()) {
      whole(server);
      var stub = stub(server);
      var list = ListGlobalStockRequest.newBuilder();

      assertThat(reason(() -> stub.getGlobalStock(mug(position(2, 1)))))
          .isEqualTo(Reason.VALIDATION);
      assertThat(reason(() -> stub.getGlobalStock(GetGlobalStockRequest.getDefaultInstance())))
          .isEqualTo(Reason.VALIDATION);
      assertThat(reason(() -> stub.listGlobalStock(list.setPageSize(10_001).build())))
          .isEqualTo(Reason.VALIDATION);
      assertThat(reason(() -> stub.listGlobalStock(list.setPageToken("?").build())))
          .isEqualTo(Reason.VALIDATION);
    }
  }

  @Test
  void shouldNotKnowASkuThatNoStoreHas() {
    try (AggregatorServer server = start()) {
      whole(server);
      var unknown = GetGlobalStockRequest.newBuilder().setSku("pot").build();

      assertThat(reason(() -> stub(server).getGlobalStock(unknown))).isEqualTo(Reason.NOT_FOUND);
    }
  }

  @Test
  void shouldNotCallTheViewCurrentWhenItsReplicaIsBehind() {
    logs.forEach(log -> log.append(List.of(created("oslo", "pen", 3))));
    node.applyUpTo(1);
    try (AggregatorServer server = start()) {
      await().untilAsserted(() -> assertThat(lags(server)).containsExactly(1L, 1L));
      assertThat(ages(server)).containsExactly(-1L, -1L);

      node.applyUpTo(2);

      await().untilAsserted(() -> assertThat(ages(server)).allMatch(age -> age >= 0));
      assertThat(lags(server)).containsExactly(0L, 0L);
    }
  }

  @Test
  void shouldKnowNeitherAgeNorLagWithoutAMajority() throws Exception {
    node.loseQuorum(true);
    try (AggregatorServer server = start()) {
      assertThat(whole(server).getStock().getOnHand()).isEqualTo(100);
      assertThat(ages(server)).containsExactly(-1L, -1L);
      assertThat(lags(server)).containsExactly(-1L, -1L);
      assertThat(http(server, "/metrics"))
          .containsPattern("holdfast_view_lag_events\\{[^}]*} NaN")
          .containsPattern("holdfast_view_lag_seconds\\{[^}]*} NaN");

      node.loseQuorum(false);

      await().untilAsserted(() -> assertThat(ages(server)).allMatch(age -> age >= 0));
      assertThat(lags(server)).containsExactly(0L, 0L);
    }
  }

  @Test
  void shouldServeWhatIsStoredWhileTheClusterIsAway() {
    try (AggregatorServer server = start()) {
      whole(server);
    }
    node.close();

    try (AggregatorServer server = start()) {
      GetGlobalStockResponse answer = stub(server).getGlobalStock(mug());

      assertThat(answer.getStock().getOnHand()).isEqualTo(100);
      assertThat(answer.getAsOfList()).allMatch(position -> position.getAgeMillis() == -1);
      assertThat(status(server)).isEqualTo(ServingStatus.NOT_SERVING);
    }
  }

  @Test
  void shouldSayThatThereIsNoViewYet() {
    node.close();
    try (AggregatorServer server = start()) {
      assertThat(reason(() -> stub(server).getGlobalStock(mug()))).isEqualTo(Reason.STALE);
    }
  }

  @Test
  void shouldNotServeWhileATailIsLost() {
    try (AggregatorServer server = start()) {
      awaitServing(server);
      node.close();

      await().until(() -> status(server) == ServingStatus.NOT_SERVING);
    }
  }

  private ServingStatus status(AggregatorServer server) {
    return HealthGrpc.newBlockingStub(channel(server))
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  @Test
  void shouldShowMetricsAndHealth() throws Exception {
    try (AggregatorServer server = start()) {
      whole(server);

      assertThat(http(server, "/metrics"))
          .contains("holdfast_view_lag_events", "holdfast_view_events_applied_total")
          .satisfies(AggregatorServerTest::assertEachHasAHelp);
      assertThat(http(server, "/api/health")).contains("\"partition-1\":\"ok\"");
      assertThat(http(server, "/api/sync/status"))
          .contains("\"running\":true", "\"node_id\":\"node-a\"", "\"cursor\":2");
      assertThat(http(server, "/api/global/mug")).contains("\"on_hand\":100");
    }
  }

  private static void assertEachHasAHelp(String metrics) {
    List<String> types = names(metrics, "# TYPE ");
    assertThat(types).hasSizeGreaterThan(20);
    assertThat(names(metrics, "# HELP ")).containsAll(types);
  }

  /** Of the lines with a mark, the names that have a text. */
  private static List<String> names(String metrics, String mark) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()).trim())
        .filter(line -> line.contains(" "))
        .map(line -> line.replaceFirst(" .*", ""))
        .toList();
  }

  private static String http(AggregatorServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.httpPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void shouldRefuseToFollowAnotherCluster() {
    try (AggregatorServer server = start(Map.of("cluster.id", "c2"))) {
      assertThatThrownBy(() -> failure(server).get(20, TimeUnit.SECONDS))
          .hasRootCauseMessage(
              "node-a belongs to cluster c1, not c2;"
                  + " see holdfast.cluster.id and holdfast.cluster.nodes");
    }
  }

  private static CompletableFuture<Void> failure(AggregatorServer server) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            server.awaitFailure();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void shouldRefuseADataDirectoryOfAnotherCluster() {
    start().close();

    assertThatThrownBy(() -> start(Map.of("cluster.id", "c2")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("belongs to cluster c1, not c2")
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldRefuseADataDirectoryThatIsAFile() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> start(Map.of("node.data-dir", file.toString())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void shouldRefuseAPortInUse() {
    assertThatThrownBy(() -> start(Map.of("grpc.port", Integer.toString(node.port()))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("holdfast.grpc.port");
    start().close(); // what had been started is taken down again
  }
}
