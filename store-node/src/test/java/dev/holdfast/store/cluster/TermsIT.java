package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.failure;
import static dev.holdfast.store.cluster.Caller.newKey;
import static dev.holdfast.store.cluster.Caller.reason;
import static dev.holdfast.store.cluster.Caller.reservation;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockResponse;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CountStockResponse;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc.TermsServiceBlockingStub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Terms and counts on a real node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TermsIT {
  private static final AtomicLong STORES = new AtomicLong();

  private TestCluster cluster;
  private Caller node;
  private final String store = store(0);

  @BeforeAll
  void start(@TempDir Path directory) {
    cluster = TestCluster.single(directory, Map.of());
    node = cluster.node(0).call();
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void shouldHideADeletedItemAndGoOnWithItsVersion() {
    node.create(store, "old", 1);
    assertThat(failure(() -> delete("old")).metadata()).containsEntry("on_hand", "1");
    assertThat(reason(() -> delete("old"))).isEqualTo(Reason.NOT_EMPTY);
    node.adjust(store, "old", -1);

    assertThat(delete("old")).isEqualTo(3);

    assertThat(reason(() -> node.get(store, "old"))).isEqualTo(Reason.NOT_FOUND);
    assertThat(reason(() -> node.adjust(store, "old", 1))).isEqualTo(Reason.NOT_FOUND);
    ItemKey key = ItemKey.newBuilder().setStore(store).setSku("old").build();
    var found =
        node.inventory().batchGetStock(BatchGetStockRequest.newBuilder().addItems(key).build());
    assertThat(found.getMissingList()).containsExactly(key);
    var listed = node.inventory().listStock(ListStockRequest.newBuilder().setStore(store).build());
    assertThat(listed.getStockList()).extracting(StockLevel::getSku).doesNotContain("old");
    assertThat(node.create(store, "old", 5).getStock().getVersion()).isEqualTo(4);
    assertThat(node.get(store, "old").getOnHand()).isEqualTo(5);
  }

  @Test
  void shouldFreezeAnItemAndAStore() {
    String frozen = "frozen-" + STORES.incrementAndGet();
    node.create(frozen, "tea", 5);
    terms().setItemFrozen(frozenItem(frozen, true));

    assertThat(node.get(frozen, "tea").getFrozen()).isTrue();
    assertThat(reason(() -> node.adjust(frozen, "tea", 1))).isEqualTo(Reason.ITEM_FROZEN);
    terms().setItemFrozen(frozenItem(frozen, false));
    assertThat(node.adjust(frozen, "tea", 1).getStock().getVersion()).isEqualTo(4);

    terms().setStoreFrozen(frozenStore(frozen, true));
    assertThat(reason(() -> node.adjust(frozen, "tea", 1))).isEqualTo(Reason.STORE_FROZEN);
    assertThat(reason(() -> node.create(frozen, "cup", 1))).isEqualTo(Reason.STORE_FROZEN);
    assertThat(count(frozen, 9, 0).getStock().getOnHand()).isEqualTo(9);
    terms().setStoreFrozen(frozenStore(frozen, false));
    assertThat(node.adjust(frozen, "tea", 1).getStock().getOnHand()).isEqualTo(10);
  }

  /** Many items that are not there lie between the stock and the freeze of its store. */
  @Test
  void shouldTellStockAndFreezeOfOneMoment() {
    String frozen = "frozen-" + STORES.incrementAndGet();
    NavigableMap<Long, Boolean> truth = new TreeMap<>();
    truth.put(node.create(frozen, "tea", 1).getPosition().getSequence(), false);
    BatchGetStockRequest.Builder read = BatchGetStockRequest.newBuilder();
    ItemKey.Builder key = ItemKey.newBuilder().setStore(frozen);
    read.addItems(key.setSku("tea"));
    for (int i = 0; i < 3_000; i++) {
      read.addItems(key.setSku("none-" + i));
    }
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<?> changes =
        CompletableFuture.runAsync(
            () -> {
              for (boolean next = true; !enough.get(); next = !next) {
                var changed = terms().setStoreFrozen(frozenStore(frozen, next));
                truth.put(changed.getPosition().getSequence(), next);
              }
            });

    List<BatchGetStockResponse> reads = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      reads.add(node.inventory().batchGetStock(read.build()));
    }
    enough.set(true);
    changes.join();
    assertThat(reads)
        .allSatisfy(
            each ->
                assertThat(each.getStock(0).getStoreFrozen())
                    .isEqualTo(truth.floorEntry(each.getAsOf(0).getSequence()).getValue()));
  }

  /** A freeze by mistake of what was left out would be worse than a refusal. */
  @Test
  void shouldAskForWhatWasLeftOut() {
    SetStoreFrozenRequest request = SetStoreFrozenRequest.newBuilder().setStore(store).build();

    HoldfastException refused = failure(() -> terms().setStoreFrozen(request));

    assertThat(refused.reason()).isEqualTo(Reason.VALIDATION);
    assertThat(refused.violations()).extracting(v -> v.field()).containsExactly("frozen");
  }

  @Test
  void shouldKeepSafetyStockFromReservations() {
    node.create(store, "safe", 5);
    terms()
        .setSafetyStock(
            SetSafetyStockRequest.newBuilder()
                .setStore(store)
                .setSku("safe")
                .setQuantity(4)
                .build());

    assertThat(reason(() -> node.inventory().reserve(reservation(store, "s-1", "safe", 2).build())))
        .isEqualTo(Reason.INSUFFICIENT_STOCK);
    assertThat(node.adjust(store, "safe", -5).getStock().getSafetyStock()).isEqualTo(4);
  }

  /** Five were sold after the count, which is entered late. */
  @Test
  void shouldKeepWhatMovedSinceACountOnTop() {
    String counted = "counted-" + STORES.incrementAndGet();
    node.create(counted, "tea", 20);
    long then = System.currentTimeMillis();
    nextMillisecond(then);
    node.adjust(counted, "tea", -5);
    node.adjust(counted, "tea", -1);

    CountStockResponse response = count(counted, 18, then);

    assertThat(response.getStock().getOnHand()).isEqualTo(12);
    assertThat(response.getDifference()).isEqualTo(-2);
    assertThat(count(counted, 12, System.currentTimeMillis()).getDifference()).isZero();
    assertThat(reason(() -> count(counted, 1, then - 25L * 3_600_000)))
        .isEqualTo(Reason.COUNT_TOO_OLD);
    assertThat(failure(() -> count(counted, 1, then + 3_600_000)).violations())
        .extracting(FieldViolation::field)
        .containsExactly("counted_at_millis");
  }

  /** Whatever happens between the look and the decision, no movement is lost or counted twice. */
  @Test
  void shouldCountWhileTheStockMoves() {
    String busy = "busy-" + STORES.incrementAndGet();
    node.create(busy, "tea", 100_000);
    long sold = 0;
    long corrected = 0;
    for (int round = 0; round < 30; round++) {
      var sales = new java.util.ArrayList<java.util.concurrent.CompletableFuture<?>>();
      for (int i = 0; i < 20; i++) {
        sales.add(cluster.client().adjustStock(adjustment(busy, "tea", -1).build()));
      }
      sold += sales.size();
      long then = System.currentTimeMillis();
      long counted = 100_000 - sold;
      corrected += countPatiently(busy, counted, then).getDifference();
      sales.forEach(java.util.concurrent.CompletableFuture::join);
    }

    assertThat(node.get(busy, "tea").getOnHand()).isEqualTo(100_000 - sold + corrected);
  }

  private CountStockResponse countPatiently(String at, long units, long millis) {
    CountStockRequest request =
        CountStockRequest.newBuilder()
            .setStore(at)
            .setSku("tea")
            .setCounted(units)
            .setCountedAtMillis(millis)
            .build();
    return cluster.client().countStock(request).join();
  }

  private CountStockResponse count(String at, long units, long millis) {
    CountStockRequest.Builder request =
        CountStockRequest.newBuilder()
            .setStore(at)
            .setSku("tea")
            .setCounted(units)
            .setIdempotencyKey(newKey());
    if (millis != 0) {
      request.setCountedAtMillis(millis);
    }
    return node.ask(inventory -> inventory.countStock(request.build()));
  }

  private static void nextMillisecond(long then) {
    while (System.currentTimeMillis() == then) {
      Thread.onSpinWait();
    }
  }

  private long delete(String sku) {
    DeleteItemRequest request = DeleteItemRequest.newBuilder().setStore(store).setSku(sku).build();
    return terms().deleteItem(request).getVersion();
  }

  private static SetItemFrozenRequest frozenItem(String store, boolean frozen) {
    return SetItemFrozenRequest.newBuilder()
        .setStore(store)
        .setSku("tea")
        .setFrozen(frozen)
        .build();
  }

  private static SetStoreFrozenRequest frozenStore(String store, boolean frozen) {
    return SetStoreFrozenRequest.newBuilder().setStore(store).setFrozen(frozen).build();
  }

  private TermsServiceBlockingStub terms() {
    return node.stub(TermsServiceGrpc::newBlockingStub);
  }
}
