package dev.holdfast.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.holdfast.aggregator.testing.AggregatorSettings;
import dev.holdfast.aggregator.testing.RealStoreNode;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.FindHistoryRequest;
import dev.holdfast.proto.inventory.v1.GetStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.HistoryEntry;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc.HistoryServiceBlockingStub;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest;
import dev.holdfast.proto.inventory.v1.ListMovementsRequest.Order;
import dev.holdfast.proto.inventory.v1.ListMovementsResponse;
import dev.holdfast.proto.inventory.v1.ListStockAsOfRequest;
import dev.holdfast.proto.inventory.v1.Moment;
import dev.holdfast.proto.inventory.v1.Movement;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.log.v1.EventKind;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The history of a whole aggregator that follows a whole store node. */
@Timeout(120)
class HistoryServiceIT {
  private static final Map<String, String> SETTINGS =
      Map.of("cluster.partitions", "2", "cluster.pinned", "berlin=0", "digest.quiet", "1d");

  @TempDir private Path directory;
  private final List<AutoCloseable> closing = new ArrayList<>();
  private RealStoreNode node;

  @BeforeEach
  void startNode() {
    node = new RealStoreNode(directory.resolve("node-a"), "c1", SETTINGS);
    closing.add(node);
  }

  @AfterEach
  void stop() throws Exception {
    for (int last = closing.size() - 1; last >= 0; last--) {
      closing.get(last).close();
    }
  }

  private HistoryServiceBlockingStub startAggregator(Map<String, String> settings) {
    AggregatorServer server =
        AggregatorServer.start(
            AggregatorSettings.of(directory.resolve("aggregator"), node.port(), settings));
    closing.add(server);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
    closing.add(channel::shutdownNow);
    return HistoryServiceGrpc.newBlockingStub(channel);
  }

  private static HistoryServiceBlockingStub soon(HistoryServiceBlockingStub history) {
    return history.withDeadlineAfter(40, TimeUnit.SECONDS);
  }

  private static ListMovementsRequest.Builder mug() {
    return ListMovementsRequest.newBuilder().setStore("berlin").setSku("mug");
  }

  private static Moment.Builder at(long sequence) {
    return Moment.newBuilder().setSequence(sequence);
  }

  private static long onHand(HistoryServiceBlockingStub history, Moment.Builder moment) {
    return soon(history).getStockAsOf(asOf("mug").setMoment(moment).build()).getStock().getOnHand();
  }

  private static GetStockAsOfRequest.Builder asOf(String sku) {
    return GetStockAsOfRequest.newBuilder().setStore("berlin").setSku(sku);
  }

  private static HoldfastException failure(ThrowingCallable call) {
    return HoldfastException.from(catchThrowable(call));
  }

  /** The cluster is looked for when the aggregator starts: until then there is no history. */
  private static void awaitView(HistoryServiceBlockingStub history, Position position) {
    await()
        .atMost(Duration.ofSeconds(40))
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(
                        soon(history)
                            .listMovements(mug().addWaitFor(position).build())
                            .getAsOf()
                            .getSequence())
                    .isGreaterThanOrEqualTo(position.getSequence()));
  }

  @Test
  void shouldTellMovementsBothWaysAndTheStockAtEachOfThem() {
    HistoryServiceBlockingStub history = startAggregator(Map.of());
    node.create("berlin", "cup", 1);
    List<Position> positions = new ArrayList<>();
    positions.add(node.create("berlin", "mug", 50));
    for (int i = 1; i <= 5; i++) {
      positions.add(node.sell("berlin", "mug", i));
    }
    awaitView(history, positions.get(5));

    ListMovementsResponse all = soon(history).listMovements(mug().build());
    assertThat(all.getMovementsList())
        .extracting(Movement::getOnHandDelta)
        .containsExactly(-5L, -4L, -3L, -2L, -1L, 50L);
    assertThat(all.getNextPageToken()).isEmpty();
    assertThat(all.getSince().getSequence()).isZero();
    Movement sale = all.getMovements(4);
    assertThat(sale.getKind()).isEqualTo(EventKind.EVENT_KIND_STOCK_ADJUSTED);
    assertThat(sale.getReason()).isEqualTo("SALE");
    assertThat(sale.getPrincipal()).isEqualTo("anonymous");
    assertThat(sale.getAfter().getOnHand()).isEqualTo(49);
    assertThat(sale.getSequence()).isEqualTo(positions.get(1).getSequence());

    long onHand = 50;
    for (int i = 0; i <= 5; i++) {
      onHand -= i;
      assertThat(onHand(history, at(positions.get(i).getSequence()))).isEqualTo(onHand);
    }
    Moment.Builder ofSale = Moment.newBuilder().setTimeMillis(all.getMovements(0).getTimeMillis());
    assertThat(onHand(history, ofSale)).isEqualTo(35);
  }

  @Test
  void shouldPageInEitherOrderWithinBounds() {
    HistoryServiceBlockingStub history = startAggregator(Map.of());
    long created = node.create("berlin", "mug", 50).getSequence();
    for (int i = 0; i < 5; i++) {
      node.sell("berlin", "mug", 1);
    }
    awaitView(history, node.sell("berlin", "mug", 1));
    for (Order order : List.of(Order.ORDER_NEWEST_FIRST, Order.ORDER_OLDEST_FIRST)) {
      List<Long> sequences = new ArrayList<>();
      ListMovementsRequest.Builder request =
          mug().setOrder(order).setPageSize(2).setFrom(at(created + 1)).setTo(at(created + 5));
      int pages = 0;
      String token = "";
      do {
        ListMovementsResponse page =
            soon(history).listMovements(request.setPageToken(token).build());
        page.getMovementsList().forEach(movement -> sequences.add(movement.getSequence()));
        token = page.getNextPageToken();
        pages++;
      } while (!token.isEmpty());

      assertThat(pages).isEqualTo(3);
      assertThat(sequences)
          .hasSize(5)
          .isSortedAccordingTo(
              order == Order.ORDER_NEWEST_FIRST
                  ? Comparator.reverseOrder()
                  : Comparator.naturalOrder())
          .allMatch(sequence -> sequence > created && sequence <= created + 5);
    }
  }

  @Test
  void shouldNameWhatIsWrongAndWhatIsNotThere() {
    HistoryServiceBlockingStub history = startAggregator(Map.of());
    Position created = node.create("berlin", "mug", 50);
    awaitView(history, created);

    HoldfastException wrong =
        failure(
            () ->
                soon(history)
                    .listMovements(
                        ListMovementsRequest.newBuilder()
                            .setFrom(at(0))
                            .setOrderValue(7)
                            .setPageSize(-1)
                            .setPageToken("x")
                            .build()));
    assertThat(wrong.violations())
        .extracting(violation -> violation.field())
        .containsExactly("store", "sku", "from.sequence", "order", "page_size", "page_token");
    assertThat(failure(() -> soon(history).getStockAsOf(asOf("mug").build())).violations())
        .extracting(violation -> violation.field())
        .containsExactly("moment");
    assertThat(failure(() -> soon(history).listMovements(mug().setSku("pan").build())).reason())
        .isEqualTo(Reason.NOT_FOUND);
    HoldfastException ahead =
        failure(
            () ->
                soon(history)
                    .getStockAsOf(asOf("mug").setMoment(at(created.getSequence() + 1)).build()));
    assertThat(ahead.reason()).isEqualTo(Reason.AHEAD_OF_LOG);
    assertThat(ahead.metadata())
        .containsEntry("next_sequence", Long.toString(created.getSequence() + 1));
    HoldfastException before =
        failure(
            () ->
                soon(history)
                    .getStockAsOf(
                        asOf("mug").setMoment(Moment.newBuilder().setTimeMillis(1)).build()));
    assertThat(before.reason()).as("it was not created yet").isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void shouldFindWhatHappenedByOtherNamesAndTheStockOfAWholeStore() {
    HistoryServiceBlockingStub history = startAggregator(Map.of());
    node.create("berlin", "cup", 1);
    Position created = node.create("berlin", "mug", 2);
    Position last = node.sell("berlin", "mug", 2);
    awaitView(history, last);

    FindHistoryRequest ranOut = FindHistoryRequest.newBuilder().setRanOut(true).build();
    List<HistoryEntry> found = soon(history).findHistory(ranOut).getEntriesList();
    assertThat(found).hasSize(1);
    Movement sale = found.get(0).getMovement();
    assertThat(sale.getAfter().getSku()).isEqualTo("mug");
    assertThat(sale.getBefore().getOnHand()).isEqualTo(2);
    var byRequest = FindHistoryRequest.newBuilder().setRequestId(sale.getRequestId()).build();
    assertThat(soon(history).findHistory(byRequest).getEntriesList()).isEqualTo(found);
    var request = ListStockAsOfRequest.newBuilder().setStore("berlin").setPageSize(1);
    assertThat(wholeStore(history, request.setMoment(at(last.getSequence()))))
        .containsExactly("cup 1", "mug 0");
    assertThat(wholeStore(history, request.setMoment(at(created.getSequence()))))
        .containsExactly("cup 1", "mug 2");
    assertThat(wholeStore(history, request.setMoment(at(created.getSequence() - 1))))
        .containsExactly("cup 1");
  }

  private static List<String> wholeStore(
      HistoryServiceBlockingStub history, ListStockAsOfRequest.Builder request) {
    List<String> stock = new ArrayList<>();
    String token = "";
    do {
      var page = soon(history).listStockAsOf(request.setPageToken(token).build());
      page.getStockList().forEach(level -> stock.add(level.getSku() + " " + level.getOnHand()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    request.clearPageToken();
    return stock;
  }

  @Test
  void shouldRefuseWhatHasNotComeAndSearchesForNothing() {
    HistoryServiceBlockingStub history = startAggregator(Map.of());
    awaitView(history, node.create("berlin", "mug", 50));
    long tomorrow = System.currentTimeMillis() + Duration.ofDays(1).toMillis();
    Moment.Builder future = Moment.newBuilder().setTimeMillis(tomorrow);

    assertThat(
            failure(() -> soon(history).getStockAsOf(asOf("mug").setMoment(future).build()))
                .violations())
        .extracting(violation -> violation.field())
        .containsExactly("moment.time_millis");
    var ofStore = ListStockAsOfRequest.newBuilder().setStore("berlin").setMoment(future);
    assertThat(failure(() -> soon(history).listStockAsOf(ofStore.build())).violations())
        .extracting(violation -> violation.field())
        .containsExactly("moment.time_millis");
    assertThat(
            failure(
                    () ->
                        soon(history)
                            .findHistory(
                                FindHistoryRequest.newBuilder()
                                    .setOrderValue(7)
                                    .setPageToken("x")
                                    .build()))
                .violations())
        .extracting(violation -> violation.field())
        .containsExactly("by", "order", "page_token");
  }

  @Test
  void shouldSaySoWhenNoHistoryIsKept() {
    HistoryServiceBlockingStub history = startAggregator(Map.of("history.enabled", "false"));

    assertThat(failure(() -> soon(history).listMovements(mug().build())).reason())
        .isEqualTo(Reason.HISTORY_OFF);
  }
}
