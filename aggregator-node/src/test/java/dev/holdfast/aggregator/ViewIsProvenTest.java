package dev.holdfast.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.aggregator.storage.Tampering;
import dev.holdfast.aggregator.testing.AggregatorSettings;
import dev.holdfast.aggregator.testing.FakeStoreNode;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.testing.TestViews;
import dev.holdfast.aggregator.view.Misreading;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.ViewRecords;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.aggregator.v1.Difference;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusRequest;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusResponse;
import dev.holdfast.proto.aggregator.v1.ListViolationsRequest;
import dev.holdfast.proto.aggregator.v1.PartitionProof;
import dev.holdfast.proto.aggregator.v1.PartitionSync;
import dev.holdfast.proto.aggregator.v1.RebuildRequest;
import dev.holdfast.proto.aggregator.v1.RecordedStock;
import dev.holdfast.proto.aggregator.v1.ReservationsProof;
import dev.holdfast.proto.aggregator.v1.StartSyncRequest;
import dev.holdfast.proto.aggregator.v1.StopSyncRequest;
import dev.holdfast.proto.aggregator.v1.SyncNowRequest;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc.SyncServiceBlockingStub;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.aggregator.v1.VerifyResponse;
import dev.holdfast.proto.aggregator.v1.Violation;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.log.v1.Level;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole aggregator finds, names and mends what differs from the stores; over gRPC. */
class ViewIsProvenTest {
  private static final StockKey BERLIN = new StockKey("berlin", "mug");
  private static final Map<String, Integer> STORES = Map.of("berlin", 0, "paris", 1, "rome", 1);

  @TempDir private Path directory;
  private final List<PartitionLog> logs = List.of(new PartitionLog(0), new PartitionLog(1));
  private final List<ManagedChannel> channels = new ArrayList<>();
  private FakeStoreNode node;

  @BeforeEach
  void startNode() throws Exception {
    logs.get(0).append(List.of(created("berlin", "mug", 50), created("berlin", "cup", 5)));
    logs.get(1).append(List.of(created("paris", "mug", 30), created("rome", "mug", 20)));
    node = new FakeStoreNode("c1", logs);
    node.pin(STORES);
  }

  @AfterEach
  void stop() {
    channels.forEach(ManagedChannel::shutdownNow);
    node.close();
  }

  private static Event created(String store, String sku, long quantity) {
    return new Event.ItemCreated(new StockKey(store, sku), StockLevel.opening(quantity));
  }

  private static Event sold(StockKey item, long delta, StockLevel after) {
    return new Event.StockAdjusted(item, -delta, AdjustmentReason.SALE, after);
  }

  private AggregatorServer start() {
    return start(Projection::new);
  }

  private AggregatorServer start(Function<ViewRecords, Projection> projections) {
    return AggregatorServer.start(
        AggregatorSettings.of(directory.resolve("data"), node.port()), projections);
  }

  private ManagedChannel channel(AggregatorServer server) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
    channels.add(channel);
    return channel;
  }

  private SyncServiceBlockingStub sync(AggregatorServer server) {
    return SyncServiceGrpc.newBlockingStub(channel(server)).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  private static PartitionSync part(SyncServiceBlockingStub sync, int partition) {
    GetSyncStatusResponse status = sync.getSyncStatus(GetSyncStatusRequest.getDefaultInstance());
    return status.getPartitionsCount() == 0
        ? PartitionSync.getDefaultInstance()
        : status.getPartitions(partition);
  }

  private static List<Violation> violations(SyncServiceBlockingStub sync) {
    return sync.listViolations(ListViolationsRequest.getDefaultInstance()).getViolationsList();
  }

  private GlobalStock mug(AggregatorServer server) {
    var request = GetGlobalStockRequest.newBuilder().setSku("mug").build();
    return GlobalStockServiceGrpc.newBlockingStub(channel(server))
        .getGlobalStock(request)
        .getStock();
  }

  private static List<VerifyResponse> verify(SyncServiceBlockingStub sync, boolean repair) {
    List<VerifyResponse> proofs = new ArrayList<>();
    sync.verify(VerifyRequest.newBuilder().setRepair(repair).build()).forEachRemaining(proofs::add);
    return proofs;
  }

  private void awaitWhole(SyncServiceBlockingStub sync) {
    await()
        .untilAsserted(
            () -> {
              for (PartitionLog log : logs) {
                assertThat(part(sync, log.partition()).getCursor()).isEqualTo(log.head());
              }
            });
  }

  private static void awaitRepaired(SyncServiceBlockingStub sync) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(violations(sync))
                    .isNotEmpty()
                    .allMatch(violation -> violation.getRepairedMillis() > 0));
  }

  @Test
  void shouldAdvanceTheProvenSequenceWithEachDigest() {
    logs.get(0).appendDigest();
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      awaitWhole(sync);

      assertThat(part(sync, 0).getProvenSequence()).isEqualTo(3);
      assertThat(part(sync, 0).getDigest().getRecords()).isEqualTo(2);
      assertThat(part(sync, 1).getProvenSequence()).isZero();
      assertThat(violations(sync)).isEmpty();
    }
  }

  @Test
  void shouldFindNameAndMendAMiscount() {
    AtomicBoolean bug = new AtomicBoolean(true);
    Function<ViewRecords, Projection> buggy =
        Misreading.of(
            (item, level) -> item.equals(BERLIN) && bug.get() ? level.adjusted(-1) : level);
    try (AggregatorServer server = start(buggy)) {
      SyncServiceBlockingStub sync = sync(server);
      awaitWhole(sync);
      assertThat(mug(server).getOnHand()).isEqualTo(99);
      bug.set(false);

      logs.get(0).appendDigest();
      node.pump();

      awaitRepaired(sync);
      assertThat(violations(sync)).hasSize(1);
      Violation violation = violations(sync).get(0);
      assertThat(violation.getSequence()).isEqualTo(logs.get(0).head());
      assertThat(violation.getExpected().getOnHand()).isEqualTo(55);
      assertThat(violation.getFound().getOnHand()).isEqualTo(54);
      assertThat(violation.getDifferencesList()).hasSize(1);
      Difference difference = violation.getDifferences(0);
      assertThat(difference.getStore() + "/" + difference.getSku()).isEqualTo("berlin/mug");
      assertThat(difference.getView().getOnHand()).isEqualTo(49);
      assertThat(difference.getStores().getOnHand()).isEqualTo(50);
      assertThat(mug(server).getOnHand()).isEqualTo(100);
      assertTrustedAndFollowing(sync);
    }
  }

  private void assertTrustedAndFollowing(SyncServiceBlockingStub sync) {
    logs.get(0).append(List.of(created("berlin", "pot", 1))).appendDigest();
    node.pump();
    await()
        .untilAsserted(
            () -> {
              node.pump();
              assertThat(part(sync, 0).getProvenSequence()).isEqualTo(logs.get(0).head());
              assertThat(part(sync, 0).getUntrusted()).isEmpty();
            });
    assertThat(verify(sync, false)).allMatch(ViewIsProvenTest::isEqual);
    await().until(() -> node.exports().open() == 0);
  }

  private static boolean isEqual(VerifyResponse proof) {
    return switch (proof.getProofCase()) {
      case PARTITION ->
          proof.getPartition().getEqual() && proof.getPartition().getReservations().getEqual();
      case TOTALS -> proof.getTotals().getEqual();
      case TRANSFERS -> proof.getTransfers().getEqual();
      case PROOF_NOT_SET -> false;
    };
  }

  @Test
  void shouldSayThatAPartIsNotToBeTrustedUntilItIsMended() {
    node.exports().failPages(page -> Optional.of(Status.DATA_LOSS));
    AtomicBoolean bug = new AtomicBoolean(true);
    Function<ViewRecords, Projection> buggy =
        Misreading.of((item, level) -> bug.get() ? level.adjusted(1) : level);
    logs.get(0).appendDigest();
    try (AggregatorServer server = start(buggy)) {
      SyncServiceBlockingStub sync = sync(server);
      await().untilAsserted(() -> assertThat(part(sync, 0).getUntrusted()).contains("differs"));
      var request = GetGlobalStockRequest.newBuilder().setSku("mug").build();
      var answer = GlobalStockServiceGrpc.newBlockingStub(channel(server)).getGlobalStock(request);

      assertThat(answer.getAsOf(0).getUntrusted()).contains("differs");
      assertThat(answer.getAsOf(1).getUntrusted()).isEmpty();
      bug.set(false);
      node.exports().failPages(page -> Optional.empty());
      awaitRepaired(sync);
    }
  }

  @Test
  void shouldProveTheWholeViewOnDemand() {
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      awaitWhole(sync);

      List<VerifyResponse> proofs = verify(sync, false);

      assertThat(proofs).hasSize(4).allMatch(ViewIsProvenTest::isEqual);
      PartitionProof second = proofs.get(1).getPartition();
      assertThat(second.getSequence()).isEqualTo(2);
      assertThat(second.getView().getOnHand()).isEqualTo(50);
      assertThat(second.getView()).isEqualTo(second.getStores());
      assertThat(second.getNodeId()).isEqualTo("node-a");
      assertThat(proofs.get(3).getTotals().getOnHand()).isEqualTo(105);
      assertThat(proofs.get(3).getTotals().getSkus()).isEqualTo(2);
    }
  }

  @Test
  void shouldShowThatReservedIsWhatReservationsHold() {
    logs.get(0).append(List.of(sold(BERLIN, 10, new StockLevel(40, 6, 2))));
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      awaitWhole(sync);
      ReservationsProof right = verify(sync, false).get(0).getPartition().getReservations();
      node.exports().loseReserved(2);

      PartitionProof wrong = verify(sync, true).get(0).getPartition();

      assertThat(right.getEqual()).isTrue();
      assertThat(right.getOpen()).isEqualTo(1);
      assertThat(right.getHeld()).isEqualTo(right.getReserved()).isEqualTo(6);
      assertThat(wrong.getReservations().getEqual()).isFalse();
      assertThat(wrong.getReservations().getDifferences(0)).contains("6 units", "hold 4");
      assertThat(wrong.getEqual()).as("the view is as the stores are").isTrue();
      assertThat(wrong.getRepaired()).isFalse();
      assertThat(part(sync, 0).getUntrusted()).isEmpty();
      assertThat(violations(sync)).isEmpty();
    }
  }

  @Test
  void shouldFindByReadingEverythingWhatNoDigestShowed() {
    AtomicBoolean bug = new AtomicBoolean(true);
    Function<ViewRecords, Projection> buggy =
        Misreading.of((item, level) -> bug.get() ? level.adjusted(1) : level);
    try (AggregatorServer server = start(buggy)) {
      SyncServiceBlockingStub sync = sync(server);
      awaitWhole(sync);
      bug.set(false);

      List<VerifyResponse> proofs = verify(sync, true);

      assertThat(proofs.get(1).getPartition().getEqual()).isFalse();
      assertThat(proofs.get(1).getPartition().getRepaired()).isTrue();
      assertThat(proofs.get(1).getPartition().getItemsDiffering()).isEqualTo(2);
      assertThat(proofs.get(1).getPartition().getDifferencesList())
          .extracting(Difference::getStore)
          .containsExactlyInAnyOrder("paris", "rome");
      assertThat(violations(sync)).hasSize(2);
      assertThat(verify(sync, false)).allMatch(ViewIsProvenTest::isEqual);
      assertThat(mug(server).getOnHand()).isEqualTo(100);
    }
  }

  @Test
  void shouldFindARecordThatWasChangedBehindItsBack() throws Exception {
    logs.get(0).appendDigest();
    try (AggregatorServer server = start()) {
      awaitWhole(sync(server));
    }
    var frozen = new StockLevel(51, 0, 1, -2, 3, StockLevel.State.FROZEN);
    Tampering.change(directory.resolve("data"), BERLIN, frozen);
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      awaitWhole(sync);
      assertThat(part(sync, 0).getUntrusted()).isEmpty();

      List<VerifyResponse> found = verify(sync, false);

      RecordedStock view = found.get(0).getPartition().getDifferences(0).getView();
      assertThat(view.getOnHand()).isEqualTo(51);
      assertThat(view.getNetShipped()).isEqualTo(-2);
      assertThat(view.getSafetyStock()).isEqualTo(3);
      assertThat(view.getState()).isEqualTo(Level.State.STATE_FROZEN);
      assertThat(found.get(3).getTotals().getDifferingSkusList()).containsExactly("mug");
      assertThat(part(sync, 0).getUntrusted()).contains("reading all records");
      assertThat(verify(sync, true).get(0).getPartition().getRepaired()).isTrue();
      assertThat(verify(sync, false)).allMatch(ViewIsProvenTest::isEqual);
      assertTrustedAndFollowing(sync);
    }
  }

  @Test
  void shouldCorrectATotalThatIsNotTheSumOfItsStores() throws Exception {
    try (AggregatorServer server = start()) {
      awaitWhole(sync(server));
    }
    Tampering.change(directory.resolve("data"), "mug", TestViews.total(7, 0, 3));
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      awaitWhole(sync);

      assertThat(verify(sync, true).get(3).getTotals().getEqual()).isFalse();
      assertThat(verify(sync, false)).allMatch(ViewIsProvenTest::isEqual);
      assertThat(mug(server).getOnHand()).isEqualTo(100);
    }
  }

  @Test
  void shouldStartFromAnExportWhenHistoryIsGone() {
    node.exports().pagesOf(1);
    node.exports() // takes so long that the tail finds again that history is gone
        .failPages(
            page -> page == 2 || page == 3 ? Optional.of(Status.UNAVAILABLE) : Optional.empty());
    logs.get(0).append(List.of(sold(BERLIN, 20, new StockLevel(30, 0, 2))));
    node.truncate(3);
    logs.get(1).append(List.of(created("rome", "cup", 9)));
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      awaitWhole(sync);

      assertThat(mug(server).getOnHand()).isEqualTo(80);
      assertThat(part(sync, 0).getProvenSequence()).isEqualTo(3);
      assertThat(verify(sync, false)).allMatch(ViewIsProvenTest::isEqual);
      assertThat(node.exports().opened())
          .as("loaded, verified, and their books of transfers read, each once")
          .isEqualTo(6);
      assertTrustedAndFollowing(sync);
      assertThat(violations(sync)).isEmpty();
    }
  }

  @Test
  void shouldTakeUpAnExportAgainAfterALostConnection() {
    node.exports().pagesOf(1);
    node.exports()
        .failPages(page -> page == 2 ? Optional.of(Status.UNAVAILABLE) : Optional.empty());
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      awaitWhole(sync);

      var rebuilt = sync.rebuild(RebuildRequest.newBuilder().setPartition(1).build());

      assertThat(rebuilt.getProof().getEqual()).isTrue();
      assertThat(node.exports().opened()).isEqualTo(1);
      assertThat(node.exports().pages()).isEqualTo(3);
      assertTrustedAndFollowing(sync);
    }
  }

  @Test
  void shouldStartAnewWhenItEndedInTheMiddleOfARebuild() {
    node.exports().pagesOf(1);
    node.exports().failPages(page -> page > 1 ? Optional.of(Status.UNAVAILABLE) : Optional.empty());
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      awaitWhole(sync);
      var unused =
          SyncServiceGrpc.newFutureStub(channel(server))
              .rebuild(RebuildRequest.newBuilder().setPartition(1).build());
      await().until(() -> node.exports().pages() > 2);
      assertThat(part(sync, 1).getUntrusted()).contains("rebuilt");
    }
    node.exports().vanish();
    node.exports().failPages(page -> Optional.empty());
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      await()
          .untilAsserted(
              () -> {
                assertThat(part(sync, 1).getUntrusted()).isEmpty();
                assertThat(part(sync, 1).getProvenSequence()).isEqualTo(2);
              });
      assertThat(mug(server).getOnHand()).isEqualTo(100);
      assertTrustedAndFollowing(sync);
    }
  }

  @Test
  void shouldMendWhatAnOperatorsRebuildLeftHalfReplaced() {
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      awaitWhole(sync);
      node.exports()
          .failPages(page -> page == 1 ? Optional.of(Status.DATA_LOSS) : Optional.empty());

      assertThat(reason(() -> sync.rebuild(RebuildRequest.getDefaultInstance())))
          .isEqualTo(Reason.STALE);

      assertThat(part(sync, 0).getUntrusted()).contains("rebuilt");
      await().until(() -> part(sync, 0).getUntrusted().isEmpty());
      assertTrustedAndFollowing(sync);
    }
  }

  @Test
  void shouldTryAgainWhenTheDiskFailedARebuild() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    Path tables = directory.resolve("data/loading");
    node.exports().failPages(page -> broken.get() ? occupied(tables) : Optional.empty());
    node.truncate(3);
    logs.get(0).append(List.of(sold(BERLIN, 20, new StockLevel(30, 0, 2))));
    logs.get(1).append(List.of(created("rome", "cup", 9)));
    try (AggregatorServer server = start()) {
      await().until(() -> health(server).contains("cannot be mended: "));
      broken.set(false);
      SyncServiceBlockingStub sync = sync(server);

      await().atMost(Duration.ofSeconds(30)).until(() -> part(sync, 0).getCursor() == 3);
      await().atMost(Duration.ofSeconds(30)).until(() -> part(sync, 1).getCursor() == 3);

      await().until(() -> health(server).contains("\"proof\":\"ok\""));
      assertTrustedAndFollowing(sync);
    }
  }

  /** Directories stand where the next tables are to be written. */
  private static Optional<Status> occupied(Path tables) {
    try {
      for (int number = 1; number <= 50; number++) {
        Files.createDirectories(tables.resolve(number + ".table"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.empty();
  }

  private static String health(AggregatorServer server) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.httpPort() + "/api/health");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void shouldMendAPartOfWhichARecordCanNotBeRead() throws Exception {
    try (AggregatorServer server = start()) {
      awaitWhole(sync(server));
    }
    Tampering.spoil(directory.resolve("data"), BERLIN);
    logs.get(0).append(List.of(created("berlin", "pan", 4))).appendDigest();
    AtomicBoolean bug = new AtomicBoolean(true);
    Function<ViewRecords, Projection> buggy =
        Misreading.of((item, level) -> bug.getAndSet(false) ? level.adjusted(1) : level);
    try (AggregatorServer server = start(buggy)) {
      SyncServiceBlockingStub sync = sync(server);

      awaitRepaired(sync);

      assertThat(mug(server).getOnHand()).isEqualTo(100);
      assertTrustedAndFollowing(sync);
    }
  }

  @Test
  void shouldTakeOutWhatTheExportLacks() throws IOException {
    try (AggregatorServer server = start()) {
      awaitWhole(sync(server));
    }
    PartitionLog other = new PartitionLog(1).append(List.of(created("paris", "mug", 30)));
    other.append(List.of(created("oslo", "jar", 1))).append(List.of(created("oslo", "jug", 1)));
    node.close();
    restartNode(List.of(logs.get(0), other));
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      await().until(() -> !part(sync, 1).getLastError().isEmpty());
      sync.rebuild(RebuildRequest.newBuilder().setPartition(1).build());

      assertThat(mug(server).getOnHand()).isEqualTo(80);
      assertThat(mug(server).getStoresList()).hasSize(2);
      assertThat(verify(sync, false)).allMatch(ViewIsProvenTest::isEqual);
    }
  }

  private void restartNode(List<PartitionLog> others) throws IOException {
    node = new FakeStoreNode("c1", others);
    node.pin(Map.of("berlin", 0, "paris", 1, "rome", 1, "oslo", 1));
  }

  @Test
  void shouldWaitForEverythingCommittedBefore() throws Exception {
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      awaitWhole(sync);
      logs.get(1).append(List.of(created("rome", "cup", 9)));
      var answer =
          SyncServiceGrpc.newFutureStub(channel(server))
              .withDeadlineAfter(30, TimeUnit.SECONDS)
              .syncNow(SyncNowRequest.getDefaultInstance());
      var soon = sync.withDeadlineAfter(3, TimeUnit.SECONDS); // a connection takes time as well
      assertThat(reason(() -> soon.syncNow(SyncNowRequest.getDefaultInstance())))
          .isEqualTo(Reason.STALE);
      assertThat(answer.isDone()).isFalse();

      node.pump();

      assertThat(answer.get().getSequencesList()).containsExactly(2L, 3L);
    }
  }

  @Test
  void shouldStayStoppedOverARestart() {
    try (AggregatorServer server = start()) {
      awaitWhole(sync(server));
      sync(server).stopSync(StopSyncRequest.getDefaultInstance());
    }
    logs.get(1).append(List.of(created("rome", "cup", 9)));
    try (AggregatorServer server = start()) {
      SyncServiceBlockingStub sync = sync(server);
      await().until(() -> part(sync, 1).getLastError().contains("stopped"));
      assertThat(sync.getSyncStatus(GetSyncStatusRequest.getDefaultInstance()).getRunning())
          .isFalse();
      assertThat(reason(() -> sync.syncNow(SyncNowRequest.getDefaultInstance())))
          .isEqualTo(Reason.SYNC_STOPPED);
      assertThat(reason(() -> verify(sync, false))).isEqualTo(Reason.SYNC_STOPPED);
      assertThat(part(sync, 1).getCursor()).isEqualTo(2);

      sync.startSync(StartSyncRequest.getDefaultInstance());

      awaitWhole(sync);
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
}
