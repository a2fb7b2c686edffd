package dev.holdfast.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.holdfast.aggregator.testing.AggregatorSettings;
import dev.holdfast.aggregator.testing.NewerStoreNode;
import dev.holdfast.aggregator.testing.RealStoreNode;
import dev.holdfast.aggregator.view.Misreading;
import dev.holdfast.aggregator.view.Projection;
import dev.holdfast.aggregator.view.ViewRecords;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.aggregator.v1.DeadLetter;
import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc;
import dev.holdfast.proto.aggregator.v1.DeadLetterState;
import dev.holdfast.proto.aggregator.v1.Difference;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusRequest;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersRequest;
import dev.holdfast.proto.aggregator.v1.ListViolationsRequest;
import dev.holdfast.proto.aggregator.v1.PartitionSync;
import dev.holdfast.proto.aggregator.v1.RebuildRequest;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc.SyncServiceBlockingStub;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import dev.holdfast.proto.aggregator.v1.VerifyResponse;
import dev.holdfast.proto.aggregator.v1.Violation;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.Position;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole aggregator follows a whole store node, and proves what it holds against its log. */
class RealStoreNodeIT {
  private static final int DIGEST_EVERY_EVENTS = 20;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "cluster.partitions", "2",
          "cluster.pinned", "berlin=0;paris=1",
          "raft.election-timeout", "700ms",
          "digest.every-events", Integer.toString(DIGEST_EVERY_EVENTS),
          "digest.quiet", "1d"); // so that only so many events lead to a digest

  @TempDir private Path directory;
  private final List<AutoCloseable> closing = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (int last = closing.size() - 1; last >= 0; last--) {
      closing.get(last).close();
    }
  }

  private RealStoreNode startNode() {
    RealStoreNode node = new RealStoreNode(directory.resolve("node-a"), "c1", SETTINGS);
    closing.add(node);
    return node;
  }

  private ManagedChannel startAggregator(int port, Function<ViewRecords, Projection> projections) {
    AggregatorServer server =
        AggregatorServer.start(
            AggregatorSettings.of(directory.resolve("aggregator"), port), projections);
    closing.add(server);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
    closing.add(channel::shutdownNow);
    return channel;
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(20));
  }

  private static SyncServiceBlockingStub sync(ManagedChannel aggregator) {
    return SyncServiceGrpc.newBlockingStub(aggregator).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  private static PartitionSync part(ManagedChannel aggregator, int partition) {
    return sync(aggregator)
        .getSyncStatus(GetSyncStatusRequest.getDefaultInstance())
        .getPartitions(partition);
  }

  private static List<Violation> violations(ManagedChannel aggregator) {
    return sync(aggregator)
        .listViolations(ListViolationsRequest.getDefaultInstance())
        .getViolationsList();
  }

  private static boolean isProven(ManagedChannel aggregator) {
    List<VerifyResponse> proofs = new ArrayList<>();
    sync(aggregator).verify(VerifyRequest.getDefaultInstance()).forEachRemaining(proofs::add);
    assertThat(proofs).hasSize(4);
    return proofs.stream()
        .allMatch(
            proof ->
                switch (proof.getProofCase()) {
                  case PARTITION ->
                      proof.getPartition().getEqual()
                          && proof.getPartition().getReservations().getEqual();
                  case TOTALS -> proof.getTotals().getEqual();
                  case TRANSFERS -> proof.getTransfers().getEqual();
                  case PROOF_NOT_SET -> false;
                });
  }

  /** One SKU over all stores, when the view includes these events. */
  private static GlobalStock stock(ManagedChannel aggregator, String sku, Position... at) {
    var request = GetGlobalStockRequest.newBuilder().setSku(sku).addAllWaitFor(List.of(at));
    return GlobalStockServiceGrpc.newBlockingStub(aggregator)
        .withDeadlineAfter(40, TimeUnit.SECONDS)
        .getGlobalStock(request.build())
        .getStock();
  }

  private static void awaitRepaired(ManagedChannel aggregator) {
    patiently()
        .untilAsserted(
            () ->
                assertThat(violations(aggregator))
                    .isNotEmpty()
                    .allMatch(violation -> violation.getRepairedMillis() > 0));
  }

  @Test
  void shouldFindNameAndMendAMiscountWithinOneDigestInterval() {
    AtomicBoolean bug = new AtomicBoolean();
    RealStoreNode node = startNode();
    ManagedChannel aggregator =
        startAggregator(
            node.port(),
            Misreading.of(
                (item, level) ->
                    bug.get() && item.sku().equals("mug") ? level.adjusted(-1) : level));
    Position paris = node.create("paris", "mug", 30);
    node.create("berlin", "cup", 5);
    Position berlin = node.create("berlin", "mug", 50);
    assertThat(stock(aggregator, "mug", paris, berlin).getOnHand()).isEqualTo(80);

    bug.set(true);
    Position miscounted = node.sell("berlin", "mug", 1);
    assertThat(stock(aggregator, "mug", miscounted).getOnHand()).isEqualTo(78);
    bug.set(false);
    createUntilDigest(node);
    awaitRepaired(aggregator);

    assertThat(violations(aggregator)).hasSize(1);
    Violation violation = violations(aggregator).get(0);
    assertThat(violation.getSequence())
        .isBetween(miscounted.getSequence(), miscounted.getSequence() + DIGEST_EVERY_EVENTS);
    assertThat(violation.getExpected().getOnHand() - violation.getFound().getOnHand()).isOne();
    assertThat(violation.getDifferencesList()).hasSize(1);
    Difference difference = violation.getDifferences(0);
    assertThat(difference.getStore() + "/" + difference.getSku()).isEqualTo("berlin/mug");
    assertThat(difference.getView().getOnHand()).isEqualTo(48);
    assertThat(difference.getStores().getOnHand()).isEqualTo(49);
    assertThat(stock(aggregator, "mug", miscounted).getOnHand()).isEqualTo(79);
    assertGoesOnProven(node, aggregator);
  }

  @Test
  void shouldTellWhatCanBeSoldAlsoAfterAPartWasLoadedAnew() {
    RealStoreNode node = startNode();
    node.create("berlin", "mug", 50);
    Position kept = node.keep("berlin", "mug", 8);
    Position paris = node.create("paris", "mug", 30);
    ManagedChannel aggregator = startAggregator(node.port(), Projection::new);
    patiently()
        .ignoreExceptions() // until it has met the cluster
        .until(() -> stock(aggregator, "mug", kept, paris).getReservable() == 72);
    assertThat(soldOut(aggregator)).isEmpty();

    Position frozen = node.freeze("paris", true);
    assertThat(stock(aggregator, "mug", frozen).getReservable()).isEqualTo(42);
    rebuild(aggregator, 0);
    rebuild(aggregator, 1);

    GlobalStock loaded = stock(aggregator, "mug");
    assertThat(loaded.getReservable()).isEqualTo(42);
    assertThat(loaded.getAvailable()).isEqualTo(80);
    assertThat(loaded.getStoresList())
        .extracting(
            level -> level.getStore(),
            level -> level.getReservable(),
            level -> level.getStoreFrozen())
        .containsExactly(tuple("berlin", 42L, false), tuple("paris", 0L, true));
    Position none = node.keep("berlin", "mug", 50);
    stock(aggregator, "mug", none);
    assertThat(soldOut(aggregator)).containsExactly("mug");
    assertThat(isProven(aggregator)).isTrue();

    Position open = node.freeze("paris", false);
    assertThat(stock(aggregator, "mug", open).getReservable()).isEqualTo(30);
    assertThat(soldOut(aggregator)).isEmpty();
  }

  private static void rebuild(ManagedChannel aggregator, int partition) {
    var unused =
        sync(aggregator).rebuild(RebuildRequest.newBuilder().setPartition(partition).build());
  }

  private static List<String> soldOut(ManagedChannel aggregator) {
    return GlobalStockServiceGrpc.newBlockingStub(aggregator)
        .withDeadlineAfter(40, TimeUnit.SECONDS)
        .listGlobalStock(ListGlobalStockRequest.newBuilder().setReservableBelow(1).build())
        .getStockList()
        .stream()
        .map(GlobalStock::getSku)
        .toList();
  }

  /** Makes what is needed until the log has the next digest. */
  private static void createUntilDigest(RealStoreNode node) {
    for (int i = 0; i < DIGEST_EVERY_EVENTS; i++) {
      node.create("berlin", "item-" + i, 1);
    }
  }

  private static List<DeadLetter> letters(ManagedChannel aggregator) {
    var request = ListDeadLettersRequest.newBuilder().setIncludeDiscarded(true).build();
    return DeadLetterServiceGrpc.newBlockingStub(aggregator)
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .listDeadLetters(request)
        .getDeadLettersList();
  }

  @Test
  void shouldTakeFromTheStoresWhatAnEventOfAnUnknownTypeDid() throws Exception {
    RealStoreNode node = startNode();
    NewerStoreNode newer =
        new NewerStoreNode(node.port(), event -> event.getStockAdjusted().getSku().equals("mug"));
    closing.add(newer);
    ManagedChannel aggregator = startAggregator(newer.port(), Projection::new);
    node.create("berlin", "mug", 50);
    node.create("berlin", "cup", 5);

    Position unread = node.sell("berlin", "mug", 1);
    Position after = node.sell("berlin", "cup", 1);

    assertThat(stock(aggregator, "cup", after).getOnHand()).as("others go on").isEqualTo(4);
    assertThat(stock(aggregator, "mug", after).getOnHand()).as("not known yet").isEqualTo(50);
    assertThat(letters(aggregator)).hasSize(1);
    DeadLetter letter = letters(aggregator).get(0);
    assertThat(letter.getId()).isEqualTo("0-" + unread.getSequence());
    assertThat(letter.getSku()).isEmpty();

    createUntilDigest(node);
    awaitRepaired(aggregator);

    assertThat(violations(aggregator).get(0).getDifferencesList())
        .extracting(Difference::getSku)
        .containsExactly("mug");
    assertThat(stock(aggregator, "mug", after).getOnHand()).isEqualTo(49);
    assertThat(letters(aggregator).get(0).getState())
        .isEqualTo(DeadLetterState.DEAD_LETTER_STATE_DISCARDED);
    assertThat(letters(aggregator).get(0).getReason()).startsWith("superseded by rebuild");
    assertThat(isProven(aggregator)).isTrue();
  }

  @Test
  void shouldFindAMiscountWhileAnotherItemIsParked() {
    AtomicBoolean bug = new AtomicBoolean();
    RealStoreNode node = startNode();
    ManagedChannel aggregator =
        startAggregator(
            node.port(), Misreading.of((item, level) -> bug.get() ? erring(item, level) : level));
    node.create("berlin", "cup", 5);
    node.create("berlin", "mug", 50);
    Position before = node.create("berlin", "jug", 7);
    assertThat(stock(aggregator, "jug", before).getOnHand()).isEqualTo(7);
    bug.set(true);
    Position parked = node.sell("berlin", "cup", 1);
    assertThat(stock(aggregator, "cup", parked).getParkedChanges()).isEqualTo(1);
    createUntilDigest(node);
    Position digest = node.sell("berlin", "jug", 1);
    assertThat(stock(aggregator, "jug", digest).getOnHand()).isEqualTo(6);
    assertThat(violations(aggregator)).as("it lacks what is parked, and that only").isEmpty();

    node.sell("berlin", "mug", 1);
    for (int i = 0; i < DIGEST_EVERY_EVENTS; i++) {
      node.sell("berlin", "item-" + i, 1);
    }
    awaitRepaired(aggregator);

    assertThat(violations(aggregator).get(0).getDifferencesList())
        .extracting(Difference::getSku)
        .contains("mug");
    assertThat(stock(aggregator, "mug", digest).getOnHand()).isEqualTo(49);
    assertThat(stock(aggregator, "cup", digest).getOnHand()).isEqualTo(4);
    assertThat(isProven(aggregator)).isTrue();
  }

  private static StockLevel erring(StockKey item, StockLevel level) {
    if (item.sku().equals("cup")) {
      throw new IllegalStateException("a bug");
    }
    return item.sku().equals("mug") ? level.adjusted(-1) : level;
  }

  private static void assertGoesOnProven(RealStoreNode node, ManagedChannel aggregator) {
    assertThat(part(aggregator, 0).getUntrusted()).isEmpty();
    long proven = part(aggregator, 0).getProvenSequence();
    for (int i = 0; i < DIGEST_EVERY_EVENTS; i++) {
      node.sell("berlin", "mug", 1);
    }
    patiently()
        .untilAsserted(
            () -> assertThat(part(aggregator, 0).getProvenSequence()).isGreaterThan(proven));
    assertThat(isProven(aggregator)).isTrue();
  }
}
