package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.command;
import static dev.holdfast.store.cluster.Caller.creation;
import static dev.holdfast.store.cluster.Caller.failure;
import static dev.holdfast.store.cluster.Caller.reason;
import static dev.holdfast.store.cluster.Caller.reservation;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockResponse;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a healthy cluster does, whichever node is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BasicsIT {
  private static final Metadata.Key<String> REQUEST_ID =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private TestCluster cluster;
  private int skus;

  @BeforeAll
  void start(@TempDir Path directory) {
    cluster = TestCluster.started(directory);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  private String newSku() {
    return "sku-" + skus++;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldMoveStockThroughEveryNode(int index) {
    Caller node = cluster.node(index).call();
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      String store = store(partition);
      String sku = newSku();

      assertLevel(node.create(store, sku, 100).getStock(), 100, 0, 1);
      assertLevel(node.adjust(store, sku, -10).getStock(), 90, 0, 2);
      ReserveResponse held = reserve(node, reservation(store, "r1-" + sku, sku, 20).build());
      assertThat(held.getReservationId()).isEqualTo("r1-" + sku);
      assertLevel(held.getStock(0), 90, 20, 3);
      assertLevel(confirm(node, store, "r1-" + sku), 70, 0, 4);
      String made = reserve(node, reservation(store, "", sku, 30).build()).getReservationId();
      assertThat(made).isNotEmpty();
      assertLevel(release(node, store, made), 70, 0, 6);
      assertLevel(node.get(store, sku), 70, 0, 6);
    }
  }

  private static ReserveResponse reserve(Caller node, ReserveRequest request) {
    return node.ask(inventory -> inventory.reserve(request));
  }

  private static StockLevel confirm(Caller node, String store, String id) {
    ConfirmReservationRequest request =
        ConfirmReservationRequest.newBuilder()
            .setStore(store)
            .setReservationId(id)
            .setIdempotencyKey(Caller.newKey())
            .build();
    return node.ask(inventory -> inventory.confirmReservation(request)).getStock(0);
  }

  private static StockLevel release(Caller node, String store, String id) {
    ReleaseReservationRequest request =
        ReleaseReservationRequest.newBuilder()
            .setStore(store)
            .setReservationId(id)
            .setIdempotencyKey(Caller.newKey())
            .build();
    return node.ask(inventory -> inventory.releaseReservation(request)).getStock(0);
  }

  private static void assertLevel(StockLevel level, long onHand, long reserved, long version) {
    assertThat(List.of(level.getOnHand(), level.getReserved(), level.getVersion()))
        .containsExactly(onHand, reserved, version);
    assertThat(level.getAvailable()).isEqualTo(onHand - reserved);
  }

  @Test
  void shouldExplainEveryMetric() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + cluster.node(0).httpPort() + "/metrics");
    HttpResponse<String> scraped =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

    List<String> types = names(scraped.body(), "# TYPE ");
    assertThat(types).hasSizeGreaterThan(20).contains("holdfast_raft_leader");
    assertThat(names(scraped.body(), "# HELP ")).containsAll(types);
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

  @Test
  void shouldReadOwnWritesOnEveryNode() {
    String store = store(1);
    String sku = newSku();
    cluster.node(0).call().create(store, sku, 1_000);

    for (int i = 0; i < 60; i++) {
      AdjustStockResponse written = cluster.node(i % 3).call().adjust(store, sku, 1);
      StockLevel read = cluster.node((i + 1) % 3).call().get(store, sku);
      assertThat(read.toBuilder().clearReservable().clearStoreFrozen().build())
          .isEqualTo(written.getStock());
    }
  }

  @Test
  void shouldAnswerABatchOverSeveralPartitionsInItsOrder() {
    String sku = newSku();
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      CreateItemRequest creation = creation(store(i % 3, i / 3), sku, i);
      String key = sku + "-new-" + i;
      commands.add(command(creation.toBuilder().setIdempotencyKey(key).build()));
    }
    commands.add(command(adjustment(store(0, 9), sku, 5).setIdempotencyKey(sku + "-0")));
    commands.add(command(adjustment(store(1, 9), sku, -1_000).setIdempotencyKey(sku + "-1")));
    commands.add(command(creation(store(2, 9), sku, 7)));

    SubmitBatchResponse response = batchAt(cluster.node(2), commands);

    assertThat(response.getOutcomesCount()).isEqualTo(commands.size());
    for (int i = 0; i < 30; i++) {
      StockLevel level = response.getOutcomes(i).getAccepted().getStock(0);
      assertThat(level.getStore()).isEqualTo(store(i % 3, i / 3));
      assertThat(level.getOnHand()).isEqualTo(i);
      assertThat(response.getOutcomes(i).getAccepted().getPosition().getPartition())
          .isEqualTo(i % 3);
    }
    assertLevel(response.getOutcomes(30).getAccepted().getStock(0), 32, 0, 2);
    assertThat(StatusReader.reasonOf(response.getOutcomes(31).getError()))
        .isEqualTo(Reason.INSUFFICIENT_STOCK);
    assertThat(StatusReader.reasonOf(response.getOutcomes(32).getError()))
        .isEqualTo(Reason.ITEM_EXISTS);
  }

  /** Asked once, the whole again when a part was not decided: the commands have keys. */
  private static SubmitBatchResponse batchAt(TestNode node, List<Command> commands) {
    SubmitBatchRequest request = SubmitBatchRequest.newBuilder().addAllCommands(commands).build();
    return patiently()
        .until(
            () -> node.call().ask(inventory -> inventory.submitBatch(request)),
            response -> response.getOutcomesList().stream().noneMatch(BasicsIT::isUndecided));
  }

  private static boolean isUndecided(CommandOutcome outcome) {
    Reason reason = StatusReader.reasonOf(outcome.getError());
    return reason == Reason.NO_LEADER || reason == Reason.OUTCOME_UNKNOWN;
  }

  @Test
  void shouldGetManyItemsAndNameThoseThatAreMissing() {
    String sku = newSku();
    for (int partition = 0; partition < 3; partition++) {
      cluster.node(0).call().create(store(partition), sku, partition);
    }
    BatchGetStockRequest.Builder request = BatchGetStockRequest.newBuilder();
    for (int partition = 2; partition >= 0; partition--) {
      request.addItems(ItemKey.newBuilder().setStore(store(partition)).setSku(sku));
      request.addItems(ItemKey.newBuilder().setStore(store(partition)).setSku("none"));
    }

    for (TestNode node : cluster.nodes()) {
      BatchGetStockResponse response = node.call().ask(in -> in.batchGetStock(request.build()));
      assertThat(response.getStockList())
          .extracting(StockLevel::getOnHand)
          .containsExactly(2L, 1L, 0L);
      assertThat(response.getMissingList())
          .extracting(ItemKey::getStore)
          .containsExactly(store(2), store(1), store(0));
      assertThat(response.getAsOfList()).hasSize(3);
    }
  }

  @Test
  void shouldPageOverAllPartitionsInByteOrder() {
    String prefix = "page-" + newSku() + "-";
    List<Command> commands = new ArrayList<>();
    List<String> skus = List.of("a", "b\u00e9", "b\uff5e", "b\ud83d\ude00", "z");
    for (int n = 0; n < 6; n++) {
      for (String sku : skus) {
        commands.add(command(creation("list-" + n, prefix + sku, n)));
      }
    }
    cluster.batch(commands);

    List<StockLevel> listed = listAll(cluster.node(1).call(), "", 4);
    List<StockLevel> ours =
        listed.stream().filter(level -> level.getSku().startsWith(prefix)).toList();
    assertThat(ours).hasSize(30);
    for (int i = 0; i < ours.size(); i++) {
      assertThat(ours.get(i).getStore()).isEqualTo("list-" + i / 5);
      assertThat(ours.get(i).getSku()).isEqualTo(prefix + skus.get(i % 5));
    }
    assertThat(listAll(cluster.node(2).call(), "list-3", 2)).hasSize(5);
    assertThat(listAll(cluster.node(2).call(), "list-", 2)).isEmpty();
  }

  private static List<StockLevel> listAll(Caller node, String store, int pageSize) {
    List<StockLevel> all = new ArrayList<>();
    String token = "";
    do {
      ListStockResponse page =
          list(
              node,
              ListStockRequest.newBuilder()
                  .setStore(store)
                  .setPageSize(pageSize)
                  .setPageToken(token)
                  .build());
      assertThat(page.getStockCount()).isLessThanOrEqualTo(pageSize);
      all.addAll(page.getStockList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  private static ListStockResponse list(Caller node, ListStockRequest request) {
    return node.ask(in -> in.listStock(request));
  }

  @Test
  void shouldReturnTheRequestIdAndKeepItInTheLog() {
    String store = store(2);
    String sku = newSku();
    TestNode follower = cluster.followerOf(2);
    AtomicReference<Metadata> headers = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    var capture = MetadataUtils.newCaptureMetadataInterceptor(headers, trailers);
    Caller caller = new Caller(ClientInterceptors.intercept(follower.channel(), capture));

    long sequence =
        caller.withRequestId("call-" + sku).create(store, sku, 1).getPosition().getSequence();
    assertThat(requestId(headers)).isEqualTo("call-" + sku);
    assertThat(event(2, sequence).origin().requestId()).isEqualTo("call-" + sku);

    assertThat(reason(() -> caller.withRequestId("again-" + sku).create(store, sku, 1)))
        .isEqualTo(Reason.ITEM_EXISTS);
    assertThat(requestId(trailers)).isEqualTo("again-" + sku);

    long other = caller.adjust(store, sku, 1).getPosition().getSequence();
    assertThat(requestId(headers)).isNotEmpty();
    assertThat(event(2, other).origin().requestId()).isEqualTo(requestId(headers));
  }

  /** Nodes that each take the other for the leader must not send a call to and fro. */
  @Test
  void shouldForwardACallOnce() {
    TestNode follower = cluster.followerOf(1);
    follower.call().create(store(1), newSku(), 1); // it knows the leader
    Metadata forwarded = new Metadata();
    forwarded.put(Metadata.Key.of("x-holdfast-forwarded", Metadata.ASCII_STRING_MARSHALLER), "x");
    var attached = MetadataUtils.newAttachHeadersInterceptor(forwarded);
    Caller peer = new Caller(ClientInterceptors.intercept(follower.channel(), attached));
    AdjustStockRequest request = adjustment(store(1), newSku(), 1).build();

    assertThat(reason(() -> peer.inventory().adjustStock(request))).isEqualTo(Reason.NO_LEADER);
  }

  private static @Nullable String requestId(AtomicReference<Metadata> captured) {
    return Objects.requireNonNull(captured.get()).get(REQUEST_ID);
  }

  private RecordedEvent event(int partition, long sequence) {
    return cluster.leaderOf(partition).state(partition).past(sequence).event();
  }

  private static AdjustStockResponse adjust(TestNode node, AdjustStockRequest request) {
    return node.call().ask(inventory -> inventory.adjustStock(request));
  }

  @Test
  void shouldAnswerARepeatedCommandWithItsFirstOutcomeOnEveryNode() {
    String store = store(0);
    String sku = newSku();
    cluster.node(0).call().create(store, sku, 10);
    AdjustStockRequest request =
        adjustment(store, sku, -4).setExpectedVersion(1).setIdempotencyKey("key-" + sku).build();
    AdjustStockResponse first = adjust(cluster.node(1), request);
    cluster.node(0).call().adjust(store, sku, 1);

    for (TestNode node : cluster.nodes()) {
      assertThat(adjust(node, request).toBuilder().clearEarlier().build()).isEqualTo(first);
    }
    assertThat(cluster.node(0).call().get(store, sku).getOnHand()).isEqualTo(7);
  }

  @Test
  void shouldRepeatAReservationWithTheIdThatTheNodeMade() {
    String store = store(0);
    String sku = newSku();
    cluster.node(0).call().create(store, sku, 10);
    ReserveRequest request = reservation(store, "", sku, 4).setIdempotencyKey("key-" + sku).build();

    ReserveResponse first = cluster.node(1).call().ask(in -> in.reserve(request));
    ReserveResponse again = cluster.node(2).call().ask(in -> in.reserve(request));

    assertThat(again.toBuilder().clearEarlier().build()).isEqualTo(first);
    assertThat(cluster.node(0).call().get(store, sku).getReserved()).isEqualTo(4);
  }

  @Test
  void shouldRepeatARejectionThoughItWouldNowBeAccepted() {
    String store = store(1);
    String sku = newSku();
    cluster.node(0).call().create(store, sku, 1);
    AdjustStockRequest request = adjustment(store, sku, -4).setIdempotencyKey("key-" + sku).build();
    assertThat(reason(() -> adjust(cluster.node(0), request))).isEqualTo(Reason.INSUFFICIENT_STOCK);
    cluster.node(0).call().adjust(store, sku, 100);

    HoldfastException again = failure(() -> adjust(cluster.node(2), request));

    assertThat(again.reason()).isEqualTo(Reason.INSUFFICIENT_STOCK);
    assertThat(again.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(again.metadata())
        .containsEntry("requested", "4")
        .containsEntry("available", "1")
        .containsEntry("store", store)
        .containsEntry("sku", sku);
  }

  @Test
  void shouldRefuseAKeyThatStandsForAnotherPayload() {
    String store = store(0);
    String sku = newSku();
    cluster.node(0).call().create(store, sku, 10);
    AdjustStockRequest.Builder request = adjustment(store, sku, 1).setIdempotencyKey("key-" + sku);
    adjust(cluster.node(0), request.build());

    HoldfastException reused = failure(() -> adjust(cluster.node(1), request.setDelta(2).build()));

    assertThat(reused.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(reused.reason()).isEqualTo(Reason.IDEMPOTENCY_KEY_REUSED);
    assertThat(cluster.node(2).call().get(store, sku).getOnHand()).isEqualTo(11);
  }

  @Test
  void shouldNameBothVersionsOfAConflict() {
    String store = store(0);
    String sku = newSku();
    cluster.node(0).call().create(store, sku, 10);
    AdjustStockRequest request = adjustment(store, sku, 1).setExpectedVersion(9).build();

    HoldfastException conflict = failure(() -> adjust(cluster.node(1), request));

    assertThat(conflict.code()).isEqualTo(Status.Code.ABORTED);
    assertThat(conflict.reason()).isEqualTo(Reason.VERSION_CONFLICT);
    assertThat(conflict.metadata())
        .containsEntry("expected_version", "9")
        .containsEntry("actual_version", "1");
  }
}
