package dev.holdfast.store.api.inventory;

import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockResponse;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationResponse;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CountStockResponse;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.CreateItemResponse;
import dev.holdfast.proto.inventory.v1.ExplainStockRequest;
import dev.holdfast.proto.inventory.v1.ExplainStockResponse;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationResponse;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.GetReservationResponse;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListReservationsRequest;
import dev.holdfast.proto.inventory.v1.ListReservationsResponse;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationResponse;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationResponse;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import dev.holdfast.store.api.call.Mutations;
import dev.holdfast.store.api.reservation.ReservationKinds;
import dev.holdfast.store.api.reservation.ReservationReads;
import dev.holdfast.store.api.stock.BackdatedCounts;
import dev.holdfast.store.api.stock.StockKinds;
import dev.holdfast.store.api.stock.StockReads;
import dev.holdfast.store.partition.Partitions;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;

/** The public API of stock. Runs on the transport's threads, so nothing here blocks. */
public final class InventoryService extends InventoryServiceGrpc.InventoryServiceImplBase {
  private final Mutations mutations;
  private final Batches batches;
  private final BackdatedCounts counts;
  private final StockReads reads;
  private final ReservationReads reservations;

  /**
   * @param longReads runs reads that may take a while
   */
  public InventoryService(
      Partitions partitions, Mutations mutations, Batches batches, Executor longReads) {
    this.mutations = mutations;
    this.batches = batches;
    this.counts = new BackdatedCounts(mutations, longReads);
    this.reads = new StockReads(partitions);
    this.reservations = new ReservationReads(partitions);
  }

  @Override
  public void createItem(CreateItemRequest request, StreamObserver<CreateItemResponse> caller) {
    mutations.submit(StockKinds.CREATE, request, caller);
  }

  @Override
  public void adjustStock(AdjustStockRequest request, StreamObserver<AdjustStockResponse> caller) {
    mutations.submit(StockKinds.ADJUST, request, caller);
  }

  @Override
  public void reserve(ReserveRequest request, StreamObserver<ReserveResponse> caller) {
    mutations.submit(ReservationKinds.RESERVE, request, caller);
  }

  @Override
  public void confirmReservation(
      ConfirmReservationRequest request, StreamObserver<ConfirmReservationResponse> caller) {
    mutations.submit(ReservationKinds.CONFIRM, request, caller);
  }

  @Override
  public void releaseReservation(
      ReleaseReservationRequest request, StreamObserver<ReleaseReservationResponse> caller) {
    mutations.submit(ReservationKinds.RELEASE, request, caller);
  }

  @Override
  public void countStock(CountStockRequest request, StreamObserver<CountStockResponse> caller) {
    counts.submit(request, caller);
  }

  @Override
  public void extendReservation(
      ExtendReservationRequest request, StreamObserver<ExtendReservationResponse> caller) {
    mutations.submit(ReservationKinds.EXTEND, request, caller);
  }

  @Override
  public void replaceReservation(
      ReplaceReservationRequest request, StreamObserver<ReplaceReservationResponse> caller) {
    mutations.submit(ReservationKinds.REPLACE, request, caller);
  }

  @Override
  public void submitBatch(SubmitBatchRequest request, StreamObserver<SubmitBatchResponse> caller) {
    batches.submit(request, caller);
  }

  @Override
  public void getStock(GetStockRequest request, StreamObserver<GetStockResponse> caller) {
    reads.get(request, caller);
  }

  @Override
  public void batchGetStock(
      BatchGetStockRequest request, StreamObserver<BatchGetStockResponse> caller) {
    reads.batchGet(request, caller);
  }

  @Override
  public void listStock(ListStockRequest request, StreamObserver<ListStockResponse> caller) {
    reads.list(request, caller);
  }

  @Override
  public void getReservation(
      GetReservationRequest request, StreamObserver<GetReservationResponse> caller) {
    reservations.get(request, caller);
  }

  @Override
  public void listReservations(
      ListReservationsRequest request, StreamObserver<ListReservationsResponse> caller) {
    reservations.list(request, caller);
  }

  @Override
  public void explainStock(
      ExplainStockRequest request, StreamObserver<ExplainStockResponse> caller) {
    reservations.explain(request, caller);
  }
}
