package dev.holdfast.cli.global;

import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc.GlobalStockServiceImplBase;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.UnmetDemand;
import dev.holdfast.proto.inventory.v1.ViewPosition;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A view whose every page looks at two SKUs, so that pages are short, or empty. */
final class FakeView extends GlobalStockServiceImplBase {
  private static final int SKUS_READ_MAX = 2;

  private final TreeMap<String, GlobalStock> stock = new TreeMap<>();
  private String untrusted = "";
  private long ageMillis = 800;
  private int batchMax = Integer.MAX_VALUE;

  void put(String sku, int parkedChanges, Map<String, Long> onHandByStore) {
    long sum = onHandByStore.values().stream().mapToLong(Long::longValue).sum();
    GlobalStock.Builder item =
        GlobalStock.newBuilder()
            .setSku(sku)
            .setOnHand(sum)
            .setAvailable(sum)
            .setReservable(sum)
            .setParkedChanges(parkedChanges)
            .setUnmetDemand(UnmetDemand.newBuilder().setTimes(2).setUnits(9));
    new TreeMap<>(onHandByStore)
        .forEach((store, units) -> item.addStores(level(store, sku, units)));
    stock.put(sku, item.build());
  }

  /** Larger batches would have too large an answer. */
  void answerOnly(int skus) {
    batchMax = skus;
  }

  void grow(long age) {
    ageMillis = age;
  }

  void distrust(String why) {
    untrusted = why;
  }

  private static StockLevel level(String store, String sku, long units) {
    return StockLevel.newBuilder()
        .setStore(store)
        .setSku(sku)
        .setOnHand(units)
        .setAvailable(units)
        .setReservable(units)
        .build();
  }

  @Override
  public void batchGetGlobalStock(
      BatchGetGlobalStockRequest request, StreamObserver<BatchGetGlobalStockResponse> out) {
    if (request.getSkusCount() > batchMax) {
      var violation = new FieldViolation("skus", "the answer would be too large");
      out.onError(Statuses.exception(Statuses.invalid(List.of(violation))));
      return;
    }
    BatchGetGlobalStockResponse.Builder answer = BatchGetGlobalStockResponse.newBuilder();
    for (String sku : request.getSkusList()) {
      GlobalStock item = stock.get(sku);
      if (item == null) {
        answer.addMissing(sku);
      } else {
        answer.addStock(item);
      }
    }
    out.onNext(answer.addAsOf(asOf()).build());
    out.onCompleted();
  }

  @Override
  public void listGlobalStock(
      ListGlobalStockRequest request, StreamObserver<ListGlobalStockResponse> out) {
    ListGlobalStockResponse.Builder page = ListGlobalStockResponse.newBuilder().addAsOf(asOf());
    int read = 0;
    String last = "";
    for (GlobalStock item : stock.tailMap(request.getPageToken(), false).values()) {
      if (read == SKUS_READ_MAX || page.getStockCount() == request.getPageSize()) {
        page.setNextPageToken(last);
        break;
      }
      read++;
      last = item.getSku();
      if (matches(item, request)) {
        page.addStock(asked(item, request));
      }
    }
    out.onNext(page.build());
    out.onCompleted();
  }

  private static boolean matches(GlobalStock item, ListGlobalStockRequest request) {
    GlobalStock seen = asked(item, request);
    boolean inStore = !request.getStore().isEmpty();
    long reservable =
        inStore && seen.getStoresCount() > 0
            ? seen.getStores(0).getReservable()
            : item.getReservable();
    return item.getSku().startsWith(request.getSkuPrefix())
        && (!inStore || seen.getStoresCount() > 0)
        && (request.getReservableBelow() == 0 || reservable < request.getReservableBelow());
  }

  private static GlobalStock asked(GlobalStock item, ListGlobalStockRequest request) {
    GlobalStock.Builder asked = item.toBuilder().clearStores();
    item.getStoresList().stream()
        .filter(level -> level.getStore().equals(request.getStore()))
        .forEach(asked::addStores);
    return request.getIncludeUnmetDemand() ? asked.build() : asked.clearUnmetDemand().build();
  }

  private ViewPosition asOf() {
    return ViewPosition.newBuilder()
        .setSequence(17)
        .setAgeMillis(ageMillis)
        .setUntrusted(untrusted)
        .build();
  }
}
