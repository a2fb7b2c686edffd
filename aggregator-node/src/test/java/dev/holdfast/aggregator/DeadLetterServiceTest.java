package dev.holdfast.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.aggregator.config.AggregatorNodeConfig;
import dev.holdfast.aggregator.testing.AggregatorSettings;
import dev.holdfast.aggregator.testing.FakeStoreNode;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.common.codec.RawEvents;
import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import dev.holdfast.proto.aggregator.v1.DeadLetter;
import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc;
import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc.DeadLetterServiceBlockingStub;
import dev.holdfast.proto.aggregator.v1.DeadLetterState;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterResponse;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterResponse;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersRequest;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersResponse;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterResponse;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.ListStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.Moment;
import dev.holdfast.proto.inventory.v1.Position;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole aggregator that cannot apply one SKU, and what an operator does about it over gRPC. */
class DeadLetterServiceTest {
  @TempDir private Path directory;
  private final PartitionLog log = new PartitionLog(0);
  private volatile boolean faulty = true;
  private FakeStoreNode node;
  private AggregatorServer server;
  private ManagedChannel channel;
  private DeadLetterServiceBlockingStub letters;

  @BeforeEach
  void start() throws Exception {
    log.append(List.of(created("berlin", "mug"), created("berlin", "cup"), adjusted(2)));
    log.append(List.of(new Event.Unreadable("newer"), refused()));
    node = new FakeStoreNode("c1", List.of(log));
    server = AggregatorServer.start(config(), stored -> new Projection(stored, this::level));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
    letters =
        DeadLetterServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    await().until(() -> list(false).size() == 3);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
    node.close();
  }

  private AggregatorNodeConfig config() throws Exception {
    return AggregatorSettings.of(directory.resolve("data"), node.port());
  }

  private StockLevel level(StockKey item, StockLevel after) {
    if (faulty && item.sku().equals("mug")) {
      throw new IllegalStateException("a bug");
    }
    return after;
  }

  private static Event created(String store, String sku) {
    return new Event.ItemCreated(new StockKey(store, sku), StockLevel.opening(5));
  }

  private static Event adjusted(long version) {
    StockKey item = new StockKey("berlin", "mug");
    StockLevel after = new StockLevel(4 + version, 0, version);
    return new Event.StockAdjusted(item, 1, AdjustmentReason.RECOUNT, after);
  }

  private static Event refused() {
    Rejection rejection = new Rejection.InsufficientStock("mug", 9, 1, 1, 0, 0);
    return new Event.CommandRejected(CommandKind.RESERVE, "berlin", "r1", rejection);
  }

  private List<DeadLetter> list(boolean withDiscarded) {
    var request = ListDeadLettersRequest.newBuilder().setIncludeDiscarded(withDiscarded);
    return letters.listDeadLetters(request.build()).getDeadLettersList();
  }

  private RetryDeadLetterResponse retry(String id) {
    return letters.retryDeadLetter(RetryDeadLetterRequest.newBuilder().setId(id).build());
  }

  private DiscardDeadLetterResponse discard(String id, String reason) {
    return letters.discardDeadLetter(
        DiscardDeadLetterRequest.newBuilder().setId(id).setReason(reason).build());
  }

  private GetDeadLetterResponse get(String id) {
    return letters.getDeadLetter(GetDeadLetterRequest.newBuilder().setId(id).build());
  }

  private GlobalStock mug() {
    var position = Position.newBuilder().setPartition(0).setSequence(log.head());
    var request = GetGlobalStockRequest.newBuilder().setSku("mug").addWaitFor(position);
    return GlobalStockServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .getGlobalStock(request.build())
        .getStock();
  }

  private static Reason reason(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      return Optional.ofNullable(StatusReader.reasonOf(e)).orElseThrow();
    }
    throw new AssertionError("it was not refused");
  }

  @Test
  void shouldSayWhatTheHistoryLacks() {
    var history = HistoryServiceGrpc.newBlockingStub(channel);
    var ofMug = ListMovementsRequest.newBuilder().setStore("berlin");
    var asOf = GetStockAsOfRequest.newBuilder().setStore("berlin").setMoment(moment(log.head()));
    var ofStore =
        ListStockAsOfRequest.newBuilder().setStore("berlin").setMoment(moment(log.head()));
    var refused = FindHistoryRequest.newBuilder().setRefusals(true).build();

    assertThat(history.listMovements(ofMug.setSku("cup").build()).getParkedChanges()).isZero();
    assertThat(history.getStockAsOf(asOf.setSku("cup").build()).getParkedChanges()).isZero();
    assertThat(reason(() -> history.listMovements(ofMug.setSku("mug").build())))
        .as("nothing was applied")
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(history.findHistory(refused).getParkedChanges()).isEqualTo(3);

    faulty = false;
    assertThat(retry("0-1-berlin-mug").getApplied()).isEqualTo(2);
    faulty = true;
    log.append(List.of(adjusted(3), adjusted(4)));
    node.pump();
    await().until(() -> list(false).size() == 3);

    assertThat(history.listMovements(ofMug.setSku("mug").build()).getParkedChanges()).isEqualTo(2);
    assertThat(history.getStockAsOf(asOf.setSku("mug").build()).getParkedChanges()).isEqualTo(2);
    assertThat(history.listStockAsOf(ofStore.build()).getParkedChanges()).isEqualTo(2);
    assertThat(history.listStockAsOf(ofStore.build()).getStockList())
        .extracting(level -> level.getSku() + " " + level.getOnHand())
        .containsExactly("cup 5", "mug 6");
  }

  private static Moment moment(long sequence) {
    return Moment.newBuilder().setSequence(sequence).build();
  }

  @Test
  void shouldListWhatIsParkedInOrder() {
    assertThat(list(false))
        .extracting(DeadLetter::getId)
        .containsExactly("0-1-berlin-mug", "0-3-berlin-mug", "0-4");
    assertThat(list(false).get(1).getState()).isEqualTo(DeadLetterState.DEAD_LETTER_STATE_WAITING);
    assertThat(list(false).get(2).getReason())
        .startsWith("needs a newer build: it holds field 99 ");
  }

  @Test
  void shouldShowHowManyChangesAreParked() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.httpPort() + "/metrics");
    String metrics =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
            .body();

    assertThat(metrics).containsPattern("holdfast_deadletters_parked(\\{[^}]*})? 3\\.0");
  }

  @Test
  void shouldListInPagesAndBySku() {
    var request = ListDeadLettersRequest.newBuilder().setPageSize(1).setSku("mug");
    ListDeadLettersResponse first = letters.listDeadLetters(request.build());
    request.setPageToken(first.getNextPageToken());
    ListDeadLettersResponse second = letters.listDeadLetters(request.build());
    request.setPageToken(second.getNextPageToken());
    ListDeadLettersResponse third = letters.listDeadLetters(request.build());

    assertThat(first.getDeadLettersList()).extracting(DeadLetter::getSequence).containsExactly(1L);
    assertThat(second.getDeadLettersList()).extracting(DeadLetter::getSequence).containsExactly(3L);
    assertThat(third.getDeadLettersList()).isEmpty();
    assertThat(third.getNextPageToken()).isEmpty();
  }

  @Test
  void shouldShowTheEventAsItStandsInTheLog() throws Exception {
    GetDeadLetterResponse mug = get("0-1-berlin-mug");
    GetDeadLetterResponse unknown = get("0-4");

    assertThat(mug.getEvent().toByteArray()).isEqualTo(RawEvents.at(log.bytes(0), 0));
    assertThat(mug.getEventText()).contains("item_created").contains("berlin");
    assertThat(unknown.getEventText()).contains("99: ");
  }

  @Test
  void shouldSayThatNumbersLackChangesAndWhatDemandWasUnmet() {
    GlobalStock mug = mug();

    assertThat(mug.getParkedChanges()).isEqualTo(2);
    assertThat(mug.getOnHand()).isZero();
    assertThat(mug.getUnmetDemand().getTimes()).isEqualTo(1);
    assertThat(mug.getUnmetDemand().getUnits()).isEqualTo(9);
  }

  @Test
  void shouldRetryEverythingOnRequest() {
    faulty = false;

    RetryDeadLetterResponse outcome = retry("");

    assertThat(mug().getOnHand()).isEqualTo(6);
    assertThat(mug().getParkedChanges()).isZero();
    assertThat(outcome.getFailed()).isEqualTo(1); // what cannot be read
    assertThat(list(false)).extracting(DeadLetter::getId).containsExactly("0-4");
  }

  @Test
  void shouldSayThatARetryFailed() {
    assertThat(retry("0-1-berlin-mug").getFailed()).isEqualTo(1);
    assertThat(mug().getParkedChanges()).isEqualTo(2);
  }

  @Test
  void shouldKeepADiscardedChangeForAudit() {
    discard("0-4", "nobody needs it");

    assertThat(list(false)).hasSize(2);
    DeadLetter kept = get("0-4").getDeadLetter();
    assertThat(kept.getState()).isEqualTo(DeadLetterState.DEAD_LETTER_STATE_DISCARDED);
    assertThat(kept.getReason()).isEqualTo("nobody needs it");
    assertThat(list(true)).contains(kept);
    assertThat(reason(() -> retry("0-4"))).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void shouldRefuseWhatIsMalformedOrNotThere() {
    var page = ListDeadLettersRequest.newBuilder();

    assertThat(reason(() -> get("0-99"))).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(() -> get("nonsense"))).isEqualTo(Reason.VALIDATION);
    assertThat(reason(() -> get(""))).isEqualTo(Reason.VALIDATION);
    assertThat(reason(() -> retry("0"))).isEqualTo(Reason.VALIDATION);
    assertThat(reason(() -> discard("0-4", ""))).isEqualTo(Reason.VALIDATION);
    assertThat(reason(() -> discard("0-4", "x".repeat(257)))).isEqualTo(Reason.VALIDATION);
    assertThat(reason(() -> discard("0-4", "fine\n2026 ERROR all is lost")))
        .isEqualTo(Reason.VALIDATION);
    assertThat(reason(() -> discard("0-4", "\u001b[2J"))).isEqualTo(Reason.VALIDATION);
    assertThat(reason(() -> letters.listDeadLetters(page.setPageSize(1_001).build())))
        .isEqualTo(Reason.VALIDATION);
    assertThat(reason(() -> letters.listDeadLetters(page.setPageToken("?").build())))
        .isEqualTo(Reason.VALIDATION);
  }
}
