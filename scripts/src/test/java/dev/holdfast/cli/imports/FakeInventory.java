package dev.holdfast.cli.imports;

import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.TreeMap;

/** Serves a FakeStock; every third batch is decided, but its answer gets lost. */
final class FakeInventory extends InventoryServiceGrpc.InventoryServiceImplBase {
  private final FakeStock stock;
  private int calls;

  FakeInventory(FakeStock stock) {
    this.stock = stock;
  }

  @Override
  public synchronized void submitBatch(
      SubmitBatchRequest request, StreamObserver<SubmitBatchResponse> out) {
    SubmitBatchResponse.Builder response = SubmitBatchResponse.newBuilder();
    request.getCommandsList().forEach(command -> response.addOutcomes(stock.decide(command)));
    calls++;
    if (calls % 3 == 0) {
      out.onError(Status.UNAVAILABLE.withDescription("connection reset").asRuntimeException());
    } else {
      out.onNext(response.build());
      out.onCompleted();
    }
  }

  @Override
  public void listStock(ListStockRequest request, StreamObserver<ListStockResponse> out) {
    out.onNext(ListStockResponse.newBuilder().addAllStock(stock.levels()).build());
    out.onCompleted();
  }

  /** The view that belongs to the stock. */
  GlobalStockServiceGrpc.GlobalStockServiceImplBase view() {
    return new GlobalStockServiceGrpc.GlobalStockServiceImplBase() {
      @Override
      public void listGlobalStock(
          ListGlobalStockRequest request, StreamObserver<ListGlobalStockResponse> out) {
        TreeMap<String, Long> sums = new TreeMap<>();
        for (StockLevel level : stock.levels()) {
          sums.merge(level.getSku(), level.getOnHand(), Long::sum);
        }
        ListGlobalStockResponse.Builder response = ListGlobalStockResponse.newBuilder();
        sums.forEach(
            (sku, units) ->
                response.addStock(
                    GlobalStock.newBuilder().setSku(sku).setOnHand(units).setAvailable(units)));
        out.onNext(response.build());
        out.onCompleted();
      }
    };
  }
}
