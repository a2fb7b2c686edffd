package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.failure;
import static dev.holdfast.store.cluster.Caller.newKey;
import static dev.holdfast.store.cluster.Caller.reason;
import static dev.holdfast.store.cluster.Caller.reservation;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.ExplainStockRequest;
import dev.holdfast.proto.inventory.v1.GetStoreRequest;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStoresRequest;
import dev.holdfast.proto.inventory.v1.ListStoresResponse;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.Store;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc.TermsServiceBlockingStub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whole stores, what can be sold of them, and what was sold though the books had less. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StoresIT {
  private TestCluster cluster;
  private Caller node;

  @BeforeAll
  void start(@TempDir Path directory) {
    cluster = TestCluster.single(directory, Map.of("cluster.partitions", "3"));
    node = cluster.node(0).call();
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void shouldListTheStoresOfAllPartitionsInOrder() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String name = "list-%02d".formatted(i);
      node.create(name, "tea", 1);
      node.create(name, "cup", 1);
      names.add(name);
    }
    freeze("list-empty", true); // without an item
    freeze("list-03", true);
    names.add("list-empty");

    List<Store> listed = listed(5).stream().filter(s -> s.getStore().startsWith("list-")).toList();

    assertThat(listed).extracting(Store::getStore).containsExactlyElementsOf(names);
    assertThat(listed)
        .filteredOn(Store::getFrozen)
        .extracting(Store::getStore)
        .containsExactly("list-03", "list-empty");
    assertThat(listed).extracting(Store::getPartition).contains(0, 1, 2);
    freeze("list-empty", false);
    assertThat(reason(() -> get("list-empty"))).isEqualTo(Reason.NOT_FOUND);
    assertThat(get("list-03").getFrozen()).isTrue();
    assertThat(get("list-04").getFrozen()).isFalse();
  }

  private List<Store> listed(int pageSize) {
    List<Store> stores = new ArrayList<>();
    ListStoresRequest.Builder request = ListStoresRequest.newBuilder().setPageSize(pageSize);
    do {
      ListStoresResponse page = terms().listStores(request.build());
      assertThat(page.getStoresCount()).isLessThanOrEqualTo(pageSize);
      stores.addAll(page.getStoresList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return stores;
  }

  @Test
  void shouldTellInEveryReadWhatCanBeSold() {
    String shop = store(1);
    node.create(shop, "shelf", 9);
    node.inventory().reserve(reservation(shop, "shelf-1", "shelf", 3).build());
    terms()
        .setSafetyStock(
            SetSafetyStockRequest.newBuilder()
                .setStore(shop)
                .setSku("shelf")
                .setQuantity(2)
                .build());

    assertThat(read(shop, "shelf")).allMatch(level -> level.getReservable() == 4);
    assertThat(read(shop, "shelf")).allMatch(level -> !level.getStoreFrozen());
    assertThat(failure(() -> sell(shop, "shelf", 5)).getMessage())
        .contains("has 9 on hand, 3 held by others, 2 safety stock: 4 can be taken, 5 asked for");

    freeze(shop, true);
    assertThat(read(shop, "shelf"))
        .allMatch(level -> level.getReservable() == 0 && level.getStoreFrozen())
        .allMatch(level -> level.getAvailable() == 6);
    freeze(shop, false);
    assertThat(read(shop, "shelf")).allMatch(level -> level.getReservable() == 4);
  }

  private void sell(String shop, String sku, long quantity) {
    node.inventory().reserve(reservation(shop, newKey(), sku, quantity).build());
  }

  /** The item by each kind of read. */
  private List<StockLevel> read(String shop, String sku) {
    var key = ItemKey.newBuilder().setStore(shop).setSku(sku);
    var list = node.inventory().listStock(ListStockRequest.newBuilder().setStore(shop).build());
    var explained =
        node.inventory()
            .explainStock(ExplainStockRequest.newBuilder().setStore(shop).setSku(sku).build());
    assertThat(explained.getReservable()).isEqualTo(explained.getStock().getReservable());
    return List.of(
        node.get(shop, sku),
        node.inventory()
            .batchGetStock(BatchGetStockRequest.newBuilder().addItems(key).build())
            .getStock(0),
        list.getStockList().stream().filter(l -> l.getSku().equals(sku)).findFirst().orElseThrow(),
        explained.getStock());
  }

  @Test
  void shouldRecordWhatWasSoldThoughTheBooksHadLess() {
    String shop = store(2);
    node.create(shop, "till", 5);
    node.inventory().reserve(reservation(shop, "till-1", "till", 2).build());
    var sale =
        adjustment(shop, "till", -4)
            .setReason(AdjustmentReason.ADJUSTMENT_REASON_SALE)
            .setRecordShortfall(true)
            .setIdempotencyKey(newKey());

    AdjustStockResponse first = node.ask(inventory -> inventory.adjustStock(sale.build()));

    assertThat(first.getShortfall()).isEqualTo(1);
    assertThat(first.getStock().getOnHand()).isEqualTo(2);
    assertThat(first.getStock().getReserved()).isEqualTo(2);
    AdjustStockResponse same = node.ask(inventory -> inventory.adjustStock(sale.build()));
    assertThat(same.getPosition()).isEqualTo(first.getPosition());
    assertThat(same.getShortfall()).isEqualTo(1);
    sale.setIdempotencyKey(newKey());
    var batch =
        SubmitBatchRequest.newBuilder().addCommands(Command.newBuilder().setAdjustStock(sale));
    var again = node.inventory().submitBatch(batch.build()).getOutcomes(0).getAccepted();
    assertThat(again.getShortfall()).isEqualTo(4);
    assertThat(again.getStock(0).getOnHand()).isEqualTo(2);
    assertThat(again.getStock(0).getVersion()).isEqualTo(4);
    var order =
        node.stub(OrderServiceGrpc::newBlockingStub)
            .submitOrder(
                SubmitOrderRequest.newBuilder()
                    .setStore(shop)
                    .addOperations(
                        OrderOperation.newBuilder()
                            .setAdjustStock(
                                sale.clone().clearStore().clearIdempotencyKey().setDelta(-1)))
                    .build());
    assertThat(order.getResults(0).getShortfall()).isEqualTo(1);
  }

  @Test
  void shouldRefuseAShortfallOfWhatComesIn() {
    var request = adjustment(store(0), "till", 4).setRecordShortfall(true).build();

    assertThat(failure(() -> node.inventory().adjustStock(request)).violations())
        .extracting(violation -> violation.field())
        .containsExactly("record_shortfall");
  }

  private void freeze(String shop, boolean frozen) {
    terms()
        .setStoreFrozen(
            SetStoreFrozenRequest.newBuilder()
                .setStore(shop)
                .setFrozen(frozen)
                .setIdempotencyKey(newKey())
                .build());
  }

  private Store get(String shop) {
    return terms().getStore(GetStoreRequest.newBuilder().setStore(shop).build()).getStore();
  }

  private TermsServiceBlockingStub terms() {
    return node.stub(TermsServiceGrpc::newBlockingStub);
  }
}
