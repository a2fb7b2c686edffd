package dev.holdfast.common.client;

import dev.holdfast.proto.cluster.v1.ClusterServiceGrpc;
import dev.holdfast.proto.cluster.v1.GetTopologyRequest;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import dev.holdfast.proto.feed.v1.GetHeadRequest;
import dev.holdfast.proto.feed.v1.GetHeadResponse;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetGlobalStockResponse;
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
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.GetGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.GetPositionsRequest;
import dev.holdfast.proto.inventory.v1.GetPositionsResponse;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.GetReservationResponse;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListGlobalStockRequest;
import dev.holdfast.proto.inventory.v1.ListGlobalStockResponse;
import dev.holdfast.proto.inventory.v1.ListReservationsRequest;
import dev.holdfast.proto.inventory.v1.ListReservationsResponse;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.OrderServiceGrpc;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationResponse;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationResponse;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import io.grpc.MethodDescriptor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kind of call.
 *
 * @param keyOf the idempotency key of a mutation's request; null for reads, which change nothing
 */
record Operation<Q, R>(MethodDescriptor<Q, R> method, @Nullable Function<Q, String> keyOf) {
  static final Operation<CreateItemRequest, CreateItemResponse> CREATE_ITEM =
      new Operation<>(
          InventoryServiceGrpc.getCreateItemMethod(), CreateItemRequest::getIdempotencyKey);
  static final Operation<AdjustStockRequest, AdjustStockResponse> ADJUST_STOCK =
      new Operation<>(
          InventoryServiceGrpc.getAdjustStockMethod(), AdjustStockRequest::getIdempotencyKey);
  static final Operation<ReserveRequest, ReserveResponse> RESERVE =
      new Operation<>(InventoryServiceGrpc.getReserveMethod(), ReserveRequest::getIdempotencyKey);
  static final Operation<ConfirmReservationRequest, ConfirmReservationResponse> CONFIRM =
      new Operation<>(
          InventoryServiceGrpc.getConfirmReservationMethod(),
          ConfirmReservationRequest::getIdempotencyKey);
  static final Operation<ReleaseReservationRequest, ReleaseReservationResponse> RELEASE =
      new Operation<>(
          InventoryServiceGrpc.getReleaseReservationMethod(),
          ReleaseReservationRequest::getIdempotencyKey);

  static final Operation<CountStockRequest, CountStockResponse> COUNT_STOCK =
      new Operation<>(
          InventoryServiceGrpc.getCountStockMethod(), CountStockRequest::getIdempotencyKey);
  static final Operation<SubmitOrderRequest, SubmitOrderResponse> SUBMIT_ORDER =
      new Operation<>(
          OrderServiceGrpc.getSubmitOrderMethod(), SubmitOrderRequest::getIdempotencyKey);

  static final Operation<ExtendReservationRequest, ExtendReservationResponse> EXTEND =
      new Operation<>(
          InventoryServiceGrpc.getExtendReservationMethod(),
          ExtendReservationRequest::getIdempotencyKey);
  static final Operation<ReplaceReservationRequest, ReplaceReservationResponse> REPLACE =
      new Operation<>(
          InventoryServiceGrpc.getReplaceReservationMethod(),
          ReplaceReservationRequest::getIdempotencyKey);
  static final Operation<GetReservationRequest, GetReservationResponse> GET_RESERVATION =
      new Operation<>(InventoryServiceGrpc.getGetReservationMethod(), null);
  static final Operation<ListReservationsRequest, ListReservationsResponse> LIST_RESERVATIONS =
      new Operation<>(InventoryServiceGrpc.getListReservationsMethod(), null);
  static final Operation<ExplainStockRequest, ExplainStockResponse> EXPLAIN_STOCK =
      new Operation<>(InventoryServiceGrpc.getExplainStockMethod(), null);

  /** Has as many keys as commands: none of them names the call. */
  static final Operation<SubmitBatchRequest, SubmitBatchResponse> SUBMIT_BATCH =
      new Operation<>(InventoryServiceGrpc.getSubmitBatchMethod(), request -> "");

  static final Operation<GetStockRequest, GetStockResponse> GET_STOCK =
      new Operation<>(InventoryServiceGrpc.getGetStockMethod(), null);
  static final Operation<BatchGetStockRequest, BatchGetStockResponse> BATCH_GET_STOCK =
      new Operation<>(InventoryServiceGrpc.getBatchGetStockMethod(), null);
  static final Operation<ListStockRequest, ListStockResponse> LIST_STOCK =
      new Operation<>(InventoryServiceGrpc.getListStockMethod(), null);
  static final Operation<GetTopologyRequest, GetTopologyResponse> GET_TOPOLOGY =
      new Operation<>(ClusterServiceGrpc.getGetTopologyMethod(), null);
  static final Operation<GetHeadRequest, GetHeadResponse> GET_HEAD =
      new Operation<>(FeedServiceGrpc.getGetHeadMethod(), null);
  static final Operation<GetGlobalStockRequest, GetGlobalStockResponse> GET_GLOBAL_STOCK =
      new Operation<>(GlobalStockServiceGrpc.getGetGlobalStockMethod(), null);
  static final Operation<ListGlobalStockRequest, ListGlobalStockResponse> LIST_GLOBAL_STOCK =
      new Operation<>(GlobalStockServiceGrpc.getListGlobalStockMethod(), null);

  static final Operation<BatchGetGlobalStockRequest, BatchGetGlobalStockResponse>
      BATCH_GET_GLOBAL_STOCK =
          new Operation<>(GlobalStockServiceGrpc.getBatchGetGlobalStockMethod(), null);
  static final Operation<GetPositionsRequest, GetPositionsResponse> GET_POSITIONS =
      new Operation<>(GlobalStockServiceGrpc.getGetPositionsMethod(), null);

  /** Whether the server may wait on purpose: it is then told how long it may. */
  boolean mayWait() {
    return GlobalStockServiceGrpc.SERVICE_NAME.equals(method.getServiceName())
        || TransferServiceGrpc.getReceiveTransferMethod().equals(method);
  }

  boolean isMutation() {
    return keyOf != null;
  }
}
