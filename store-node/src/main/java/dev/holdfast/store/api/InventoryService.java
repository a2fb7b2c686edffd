package dev.holdfast.store.api;

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
import dev.holdfast.store.partition.Partitions;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;

/** The public API of stock. Runs on the transport's threads, so nothing here blocks. */
public final class InventoryService extends InventoryServiceGrpc.InventoryServiceImplBase {
  private static final Mutations.Kind<CreateItemRequest, CreateItemResponse> CREATE_ITEM =
      new Mutations.Kind<>(
          InventoryServiceGrpc.getCreateItemMethod(),
          RequestMapper::map,
          accepted ->
              CreateItemResponse.newBuilder()
                  .setStock(accepted.getStock(0))
                  .setPosition(accepted.getPosition())
                  .build());

  private static final Mutations.Kind<AdjustStockRequest, AdjustStockResponse> ADJUST_STOCK =
      new Mutations.Kind<>(
          InventoryServiceGrpc.getAdjustStockMethod(),
          RequestMapper::map,
          accepted ->
              AdjustStockResponse.newBuilder()
                  .setStock(accepted.getStock(0))
                  .setPosition(accepted.getPosition())
                  .setShortfall(accepted.getShortfall())
                  .build());

  private static final Mutations.Kind<ReserveRequest, ReserveResponse> RESERVE =
      new Mutations.Kind<>(
          InventoryServiceGrpc.getReserveMethod(),
          RequestMapper::map,
          accepted ->
              ReserveResponse.newBuilder()
                  .setReservationId(accepted.getReservationId())
                  .addAllStock(accepted.getStockList())
                  .setPosition(accepted.getPosition())
                  .setExpiresMillis(accepted.getExpiresMillis())
                  .addAllShortfalls(accepted.getShortfallsList())
                  .build());

  private static final Mutations.Kind<ConfirmReservationRequest, ConfirmReservationResponse>
      CONFIRM =
          new Mutations.Kind<>(
              InventoryServiceGrpc.getConfirmReservationMethod(),
              RequestMapper::map,
              accepted ->
                  ConfirmReservationResponse.newBuilder()
                      .addAllStock(accepted.getStockList())
                      .setPosition(accepted.getPosition())
                      .setReservationVersion(accepted.getReservationVersion())
                      .build());

  private static final Mutations.Kind<ReleaseReservationRequest, ReleaseReservationResponse>
      RELEASE =
          new Mutations.Kind<>(
              InventoryServiceGrpc.getReleaseReservationMethod(),
              RequestMapper::map,
              accepted ->
                  ReleaseReservationResponse.newBuilder()
                      .addAllStock(accepted.getStockList())
                      .setPosition(accepted.getPosition())
                      .setReservationVersion(accepted.getReservationVersion())
                      .build());

  private static final Mutations.Kind<ExtendReservationRequest, ExtendReservationResponse> EXTEND =
      new Mutations.Kind<>(
          InventoryServiceGrpc.getExtendReservationMethod(),
          RequestMapper::map,
          accepted ->
              ExtendReservationResponse.newBuilder()
                  .setPosition(accepted.getPosition())
                  .setReservationVersion(accepted.getReservationVersion())
                  .setExpiresMillis(accepted.getExpiresMillis())
                  .build());

  private static final Mutations.Kind<ReplaceReservationRequest, ReplaceReservationResponse>
      REPLACE =
          new Mutations.Kind<>(
              InventoryServiceGrpc.getReplaceReservationMethod(),
              RequestMapper::map,
              accepted ->
                  ReplaceReservationResponse.newBuilder()
                      .addAllStock(accepted.getStockList())
                      .setPosition(accepted.getPosition())
                      .setReservationVersion(accepted.getReservationVersion())
                      .addAllShortfalls(accepted.getShortfallsList())
                      .build());

  private static final Mutations.Kind<CountStockRequest, CountStockResponse> COUNT =
      new Mutations.Kind<>(
          InventoryServiceGrpc.getCountStockMethod(),
          RequestMapper::map,
          accepted ->
              CountStockResponse.newBuilder()
                  .setStock(accepted.getStock(0))
                  .setDifference(accepted.getCountDifference())
                  .setPosition(accepted.getPosition())
                  .build());

  private final Mutations mutations;
  private final Counts counts;
  private final Batches batches;
  private final StockReads reads;
  private final ReservationReads reservations;

  /**
   * @param longReads where reading may take a while
   */
  public InventoryService(
      Partitions partitions,
      Forwarding forwarding,
      LockAnswer locks,
      HoldLimits limits,
      Executor longReads) {
    this.mutations = new Mutations(partitions, forwarding, locks, limits);
    this.counts = new Counts(partitions, mutations, longReads);
    this.batches = new Batches(partitions, forwarding, locks, limits);
    this.reads = new StockReads(partitions);
    this.reservations = new ReservationReads(partitions);
  }

  @Override
  public void createItem(CreateItemRequest request, StreamObserver<CreateItemResponse> caller) {
    mutations.submit(CREATE_ITEM, request, caller);
  }

  @Override
  public void adjustStock(AdjustStockRequest request, StreamObserver<AdjustStockResponse> caller) {
    mutations.submit(ADJUST_STOCK, request, caller);
  }

  @Override
  public void reserve(ReserveRequest request, StreamObserver<ReserveResponse> caller) {
    mutations.submit(RESERVE, request, caller);
  }

  @Override
  public void confirmReservation(
      ConfirmReservationRequest request, StreamObserver<ConfirmReservationResponse> caller) {
    mutations.submit(CONFIRM, request, caller);
  }

  @Override
  public void releaseReservation(
      ReleaseReservationRequest request, StreamObserver<ReleaseReservationResponse> caller) {
    mutations.submit(RELEASE, request, caller);
  }

  @Override
  public void countStock(CountStockRequest request, StreamObserver<CountStockResponse> caller) {
    counts.submit(COUNT, request, caller);
  }

  @Override
  public void extendReservation(
      ExtendReservationRequest request, StreamObserver<ExtendReservationResponse> caller) {
    mutations.submit(EXTEND, request, caller);
  }

  @Override
  public void replaceReservation(
      ReplaceReservationRequest request, StreamObserver<ReplaceReservationResponse> caller) {
    mutations.submit(REPLACE, request, caller);
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
