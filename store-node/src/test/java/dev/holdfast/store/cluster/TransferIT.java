package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.TransferClient;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import dev.holdfast.proto.inventory.v1.ReceivedUnits;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.Transfer;
import dev.holdfast.proto.inventory.v1.TransferLine;
import dev.holdfast.proto.inventory.v1.TransferUnits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Transfers on real nodes, within a partition and between two. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class TransferIT {
  private static final long OPENING = 1_000;
  private static final int ROUNDS = 3;
  private static final int TRANSFERS_A_ROUND = 40;
  private static final long SEED = 20_261_122;

  @TempDir private static Path directory;
  private static TestCluster cluster;
  private static HoldfastClient client;
  private static TransferClient transfers;

  @BeforeAll
  static void start() {
    cluster = TestCluster.started(directory);
    client = cluster.client();
    transfers = client.transfers();
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      for (int n = 0; n < 2; n++) {
        cluster.node(0).call().create(store(partition, n), "tea", OPENING);
      }
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  @Order(1)
  void shouldRaiseTheDestinationBeforeTheReceiptIsAnswered() {
    for (String destination : List.of(store(0, 1), store(1, 0), store(2, 0))) {
      long before = onHand(destination, "tea");
      String id = ship(store(0), destination, "tea", 10);

      Transfer received = receive(store(0), id).getTransfer();

      assertThat(received.getClosed()).isTrue();
      assertThat(onHand(destination, "tea")).isEqualTo(before + 10);
    }
    assertThat(onHand(store(0), "tea")).isEqualTo(OPENING - 30);
  }

  @Test
  @Order(2)
  void shouldCreateTheItemThatTheDestinationLacks() {
    cluster.node(1).call().create(store(1), "rare", 5);
    String id = ship(store(1), store(2), "rare", 2);

    receive(store(1), id);

    assertThat(onHand(store(2), "rare")).isEqualTo(2);
  }

  @Test
  @Order(3)
  void shouldReceiveInPartsLoseSomeAndCancelTheRest() {
    String from = store(1, 1);
    long here = onHand(from, "tea");
    long there = onHand(store(2, 1), "tea");
    String id = ship(from, store(2, 1), "tea", 9);

    receive(from, id, ReceivedUnits.newBuilder().setSku("tea").setQuantity(4).setLost(2).build());
    transfers.cancel(cancel(from, id)).join();

    TransferLine line = get(from, id).getLines(0);
    assertThat(line.getReceived()).isEqualTo(4);
    assertThat(line.getLost()).isEqualTo(2);
    assertThat(line.getCancelled()).isEqualTo(3);
    assertThat(line.getOutstanding()).isZero();
    assertThat(onHand(from, "tea")).isEqualTo(here - 6);
    assertThat(onHand(store(2, 1), "tea")).isEqualTo(there + 4);
  }

  @Test
  @Order(4)
  void shouldListWhatIsOnItsWayToAStore() {
    String id = ship(store(0), store(2), "tea", 1);
    ListTransfersRequest to = ListTransfersRequest.newBuilder().setDestination(store(2)).build();
    ListTransfersRequest from = ListTransfersRequest.newBuilder().setStore(store(0)).build();

    assertThat(ids(to)).contains(id);
    assertThat(ids(from)).containsExactly(id);
    receive(store(0), id);
    assertThat(ids(to)).doesNotContain(id);
    assertThat(ids(from.toBuilder().setClosedToo(true).build())).contains(id);
    assertThat(ids(from.toBuilder().setClosedToo(true).setPageSize(1).build())).hasSize(1);
  }

  @Test
  @Order(5)
  void shouldSayPreciselyWhatIsWrong() {
    ShipTransferRequest fine = shipment(store(0), store(1), "tea", 1).build();

    assertThat(reason(fine.toBuilder().setDestination("nowhere").build()))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(fine.toBuilder().setDestination(store(0)).build()))
        .isEqualTo(Reason.VALIDATION);
    assertThat(reason(shipment(store(0), store(1), "gone", 1).build())).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(shipment(store(0), store(1), "tea", 100_000).build()))
        .isEqualTo(Reason.INSUFFICIENT_STOCK);
    assertThat(Caller.reason(() -> transfers.cancel(cancel(store(0), "t-none")).join()))
        .isEqualTo(Reason.NOT_FOUND);
    String id = ship(store(0), store(1), "tea", 1);
    assertThat(
            Caller.reason(
                () ->
                    receive(
                        store(0),
                        id,
                        ReceivedUnits.newBuilder().setSku("tea").setQuantity(2).build())))
        .isEqualTo(Reason.NOT_OUTSTANDING);
    assertThat(reason(shipment(store(0), store(1), "tea", 1).setTransferId(id).build()))
        .isEqualTo(Reason.TRANSFER_EXISTS);
    receive(store(0), id);
    assertThat(Caller.reason(() -> receive(store(0), id))).isEqualTo(Reason.TRANSFER_CLOSED);
  }

  @Test
  @Order(6)
  void shouldAnswerARepeatedReceiptWithoutMovingAgain() {
    String id = ship(store(0), store(1), "tea", 2);
    ReceiveTransferRequest request =
        ReceiveTransferRequest.newBuilder()
            .setStore(store(0))
            .setTransferId(id)
            .setIdempotencyKey("receive-" + id)
            .build();
    ReceiveTransferResponse first = transfers.receive(request).join();
    long there = onHand(store(1), "tea");

    assertThat(transfers.receive(request).join()).isEqualTo(first);
    assertThat(onHand(store(1), "tea")).isEqualTo(there);
  }

  /** Leaders of sources and destinations stop in the middle; every unit is somewhere, once. */
  @Test
  @Order(7)
  void shouldConserveEveryUnitThroughFailovers() {
    Random random = new Random(SEED);
    long units = units();
    List<CompletableFuture<?>> calls = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < TRANSFERS_A_ROUND; i++) {
        calls.add(transfer(random, "storm-" + round + "-" + i));
      }
      TestNode leader = cluster.leaderOf(round);
      leader.stop();
      cluster.awaitLeaders();
      leader.start();
    }
    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
    cluster.awaitLeaders();

    patiently().untilAsserted(() -> assertThat(arriving()).as("seed " + SEED).isZero());
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      cluster.awaitEqualReplicas(partition);
    }
    assertThat(netShipped()).isEqualTo(inTransit());
    assertThat(units()).as("seed " + SEED).isEqualTo(units);
  }

  private static CompletableFuture<?> transfer(Random random, String id) {
    int source = random.nextInt(TestCluster.PARTITIONS);
    int destination = random.nextInt(TestCluster.PARTITIONS);
    String from = store(source, 0);
    String to = store(destination, 1);
    boolean cancelled = random.nextInt(5) == 0;
    return transfers
        .ship(shipment(from, to, "tea", 1 + random.nextInt(3)).setTransferId(id).build())
        .thenCompose(shipped -> goOn(from, id, cancelled));
  }

  private static CompletableFuture<?> goOn(String from, String id, boolean cancelled) {
    return cancelled
        ? transfers.cancel(cancel(from, id))
        : transfers.receive(
            ReceiveTransferRequest.newBuilder().setStore(from).setTransferId(id).build());
  }

  private static long units() {
    return total(StockLevel::onHand) + netShipped();
  }

  private static long netShipped() {
    return total(StockLevel::netShipped);
  }

  private static long total(ToLongFunction<StockLevel> number) {
    return IntStream.range(0, TestCluster.PARTITIONS)
        .mapToObj(partition -> cluster.awaitEqualReplicas(partition))
        .flatMap(content -> content.stock().values().stream())
        .mapToLong(number)
        .sum();
  }

  private static long arriving() {
    return open()
        .flatMap(each -> each.getLinesList().stream())
        .mapToLong(TransferLine::getArriving)
        .sum();
  }

  private static long inTransit() {
    return open()
        .flatMap(each -> each.getLinesList().stream())
        .mapToLong(line -> line.getArriving() + line.getOutstanding())
        .sum();
  }

  private static Stream<Transfer> open() {
    return transfers
        .list(ListTransfersRequest.getDefaultInstance())
        .join()
        .getTransfersList()
        .stream();
  }

  private static List<String> ids(ListTransfersRequest request) {
    return transfers.list(request).join().getTransfersList().stream()
        .map(Transfer::getTransferId)
        .toList();
  }

  private static ShipTransferRequest.Builder shipment(
      String from, String to, String sku, long quantity) {
    return ShipTransferRequest.newBuilder()
        .setStore(from)
        .setDestination(to)
        .addLines(TransferUnits.newBuilder().setSku(sku).setQuantity(quantity));
  }

  private static String ship(String from, String to, String sku, long quantity) {
    return transfers
        .ship(shipment(from, to, sku, quantity).build())
        .join()
        .getTransfer()
        .getTransferId();
  }

  private static ReceiveTransferResponse receive(String from, String id, ReceivedUnits... lines) {
    return transfers
        .receive(
            ReceiveTransferRequest.newBuilder()
                .setStore(from)
                .setTransferId(id)
                .addAllLines(List.of(lines))
                .build())
        .join();
  }

  private static CancelTransferRequest cancel(String from, String id) {
    return CancelTransferRequest.newBuilder().setStore(from).setTransferId(id).build();
  }

  private static Transfer get(String from, String id) {
    return transfers
        .get(GetTransferRequest.newBuilder().setStore(from).setTransferId(id).build())
        .join()
        .getTransfer();
  }

  private static Reason reason(ShipTransferRequest request) {
    return Caller.reason(() -> transfers.ship(request).join());
  }

  private static long onHand(String store, String sku) {
    return cluster.node(0).call().get(store, sku).getOnHand();
  }
}
