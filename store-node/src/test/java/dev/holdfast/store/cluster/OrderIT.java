package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.failure;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockResponse;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders on real nodes: all or nothing, whoever dies meanwhile. */
final class OrderIT {
  private static final String STORE = store(0);
  private static final int SKUS = 5;
  private static final long OPENING = 1_000_000;
  private static final long ORDERS_PER_ROUND = 60;

  /** Every order takes one of each SKU, so after any crash all SKUs stand at the same quantity. */
  @Test
  void shouldBeWhollyThereOrNotAtAllWhenLeadersAreKilled(@TempDir Path directory) throws Exception {
    try (TestProcesses cluster = TestProcesses.started(TestCluster.in(directory, Map.of()))) {
      for (int sku = 0; sku < SKUS; sku++) {
        cluster.create(STORE, "sku-" + sku, OPENING);
      }
      AtomicLong accepted = new AtomicLong();
      List<Throwable> broken = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        Orders orders = new Orders(cluster, accepted);
        Thread caller = new Thread(orders, "orders");
        caller.start();
        long goal = accepted.get() + ORDERS_PER_ROUND / 3;
        patiently().until(() -> accepted.get() >= goal);
        TestProcesses.Node leader = cluster.leaderOf(0);
        leader.kill();
        caller.join();
        broken.addAll(orders.broken);
        leader.start();
      }

      assertThat(broken).isEmpty();
      assertThat(accepted.get()).isEqualTo(3 * ORDERS_PER_ROUND);
      for (int sku = 0; sku < SKUS; sku++) {
        assertThat(cluster.stock(STORE, "sku-" + sku).getOnHand())
            .isEqualTo(OPENING - accepted.get());
      }
    }
  }

  private static final class Orders implements Runnable {
    private final TestProcesses cluster;
    private final AtomicLong accepted;
    private final List<Throwable> broken = new ArrayList<>();

    Orders(TestProcesses cluster, AtomicLong accepted) {
      this.cluster = cluster;
      this.accepted = accepted;
    }

    @Override
    public void run() {
      for (int i = 0; i < ORDERS_PER_ROUND; i++) {
        try {
          cluster.client().submitOrder(order(SKUS, -1)).join();
          accepted.incrementAndGet();
        } catch (CompletionException e) {
          broken.add(e);
        }
      }
    }
  }

  @Test
  void shouldTellWhichOperationFailedAndChangeNothing(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.single(directory, Map.of())) {
      cluster.node(0).call().create(STORE, "sku-0", 3);
      SubmitOrderRequest twice =
          SubmitOrderRequest.newBuilder()
              .setStore(STORE)
              .addOperations(sale("sku-0", -2))
              .addOperations(sale("sku-0", -2))
              .build();

      HoldfastException refused = failure(() -> cluster.client().submitOrder(twice).join());

      assertThat(refused.reason()).isEqualTo(Reason.INSUFFICIENT_STOCK);
      assertThat(refused.metadata())
          .containsEntry("operation", "1")
          .containsEntry("available", "1");
      assertThat(cluster.node(0).call().get(STORE, "sku-0").getVersion()).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseAnOrderOverTheBoundAndWhatIsTheOrdersOwn(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.single(directory, Map.of())) {
      HoldfastException large =
          failure(() -> cluster.client().submitOrder(order(100_000, -1)).join());
      OrderOperation.Builder odd = sale("sku-0", -1);
      odd.getAdjustStockBuilder().setStore("elsewhere").setIdempotencyKey("k");
      SubmitOrderRequest request =
          SubmitOrderRequest.newBuilder().setStore(STORE).addOperations(odd).build();
      HoldfastException own = failure(() -> cluster.client().submitOrder(request).join());

      assertThat(large.reason()).isEqualTo(Reason.VALIDATION);
      assertThat(large.getMessage()).contains("operations: must be 1 to 1000, was 100000");
      assertThat(own.violations())
          .extracting(v -> v.field())
          .containsExactly("operations[0].store", "operations[0].idempotency_key");
    }
  }

  @Test
  void shouldDoAThousandOperationsInOneEvent(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.single(directory, Map.of())) {
      List<Command> creations = new ArrayList<>();
      for (int sku = 0; sku < 1_000; sku++) {
        creations.add(Caller.command(Caller.creation(STORE, "sku-" + sku, OPENING)));
      }
      cluster.batch(creations);
      SubmitOrderRequest order = order(1_000, -1);
      SubmitOrderResponse response = cluster.client().submitOrder(order).join();

      assertThat(response.getResultsCount()).isEqualTo(1_000);
      var event =
          cluster.node(0).state(0).past(response.getPosition().getSequence()).event().event();
      assertThat(((Event.OrderExecuted) event).steps()).hasSize(1_000);
    }
  }

  /** Both fall together, however far apart a reader asks for them. */
  @Test
  void shouldNotBeSeenInPartByAReadOfManyItems(@TempDir Path directory) {
    Map<String, String> ordersOnly = Map.of("digest.every-events", "1000000");
    try (TestCluster cluster = TestCluster.single(directory, ordersOnly)) {
      Caller node = cluster.node(0).call();
      node.create(STORE, "sku-0", OPENING);
      long created = node.create(STORE, "sku-1", OPENING).getPosition().getSequence();
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<?> orders =
          CompletableFuture.runAsync(() -> orderUntil(enough, cluster.client()));

      for (int reads = 0; reads < 50; reads++) {
        BatchGetStockResponse read = node.ask(in -> in.batchGetStock(farApart()));
        long sold = OPENING - read.getStock(0).getOnHand();
        assertThat(OPENING - read.getStock(1).getOnHand()).isEqualTo(sold);
        assertThat(read.getAsOf(0).getSequence()).isEqualTo(created + sold);
      }
      enough.set(true);
      orders.join();
    }
  }

  private static void orderUntil(AtomicBoolean enough, HoldfastClient client) {
    while (!enough.get()) {
      CompletableFuture.allOf(
              IntStream.range(0, 8)
                  .mapToObj(i -> client.submitOrder(order(2, -1)))
                  .toArray(CompletableFuture[]::new))
          .join();
    }
  }

  private static BatchGetStockRequest farApart() {
    BatchGetStockRequest.Builder request = BatchGetStockRequest.newBuilder();
    ItemKey.Builder key = ItemKey.newBuilder().setStore(STORE);
    request.addItems(key.setSku("sku-0"));
    for (int i = 0; i < 3_000; i++) {
      request.addItems(key.setSku("none-" + i));
    }
    return request.addItems(key.setSku("sku-1")).build();
  }

  private static SubmitOrderRequest order(int skus, long delta) {
    SubmitOrderRequest.Builder order = SubmitOrderRequest.newBuilder().setStore(STORE);
    for (int sku = 0; sku < skus; sku++) {
      order.addOperations(sale("sku-" + sku, delta));
    }
    return order.build();
  }

  private static OrderOperation.Builder sale(String sku, long delta) {
    return OrderOperation.newBuilder()
        .setAdjustStock(
            AdjustStockRequest.newBuilder()
                .setSku(sku)
                .setDelta(delta)
                .setReason(AdjustmentReason.ADJUSTMENT_REASON_SALE));
  }
}
