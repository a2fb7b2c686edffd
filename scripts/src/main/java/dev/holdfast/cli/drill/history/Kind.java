package dev.holdfast.cli.drill.history;

import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AcquireLeaseResponse;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockResponse;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.CancelTransferResponse;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.ConfirmReservationResponse;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CountStockResponse;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.CreateItemResponse;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemResponse;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationResponse;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseResponse;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.GetReservationResponse;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetStockResponse;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferResponse;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseResponse;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationResponse;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseResponse;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationResponse;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.ReserveResponse;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenResponse;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockResponse;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenResponse;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferResponse;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of calls that a history may contain, each with the types of its request and answer. */
public enum Kind {
  CREATE_ITEM(CreateItemRequest.getDefaultInstance(), CreateItemResponse.getDefaultInstance()),
  ADJUST_STOCK(AdjustStockRequest.getDefaultInstance(), AdjustStockResponse.getDefaultInstance()),
  COUNT_STOCK(CountStockRequest.getDefaultInstance(), CountStockResponse.getDefaultInstance()),
  RESERVE(ReserveRequest.getDefaultInstance(), ReserveResponse.getDefaultInstance()),
  CONFIRM_RESERVATION(
      ConfirmReservationRequest.getDefaultInstance(),
      ConfirmReservationResponse.getDefaultInstance()),
  RELEASE_RESERVATION(
      ReleaseReservationRequest.getDefaultInstance(),
      ReleaseReservationResponse.getDefaultInstance()),
  EXTEND_RESERVATION(
      ExtendReservationRequest.getDefaultInstance(),
      ExtendReservationResponse.getDefaultInstance()),
  REPLACE_RESERVATION(
      ReplaceReservationRequest.getDefaultInstance(),
      ReplaceReservationResponse.getDefaultInstance()),
  SUBMIT_ORDER(SubmitOrderRequest.getDefaultInstance(), SubmitOrderResponse.getDefaultInstance()),
  SUBMIT_BATCH(SubmitBatchRequest.getDefaultInstance(), SubmitBatchResponse.getDefaultInstance()),
  SET_SAFETY_STOCK(
      SetSafetyStockRequest.getDefaultInstance(), SetSafetyStockResponse.getDefaultInstance()),
  SET_ITEM_FROZEN(
      SetItemFrozenRequest.getDefaultInstance(), SetItemFrozenResponse.getDefaultInstance()),
  DELETE_ITEM(DeleteItemRequest.getDefaultInstance(), DeleteItemResponse.getDefaultInstance()),
  SET_STORE_FROZEN(
      SetStoreFrozenRequest.getDefaultInstance(), SetStoreFrozenResponse.getDefaultInstance()),
  ACQUIRE_LEASE(
      AcquireLeaseRequest.getDefaultInstance(), AcquireLeaseResponse.getDefaultInstance()),
  RENEW_LEASE(RenewLeaseRequest.getDefaultInstance(), RenewLeaseResponse.getDefaultInstance()),
  RELEASE_LEASE(
      ReleaseLeaseRequest.getDefaultInstance(), ReleaseLeaseResponse.getDefaultInstance()),
  SHIP_TRANSFER(
      ShipTransferRequest.getDefaultInstance(), ShipTransferResponse.getDefaultInstance()),
  RECEIVE_TRANSFER(
      ReceiveTransferRequest.getDefaultInstance(), ReceiveTransferResponse.getDefaultInstance()),
  CANCEL_TRANSFER(
      CancelTransferRequest.getDefaultInstance(), CancelTransferResponse.getDefaultInstance()),
  GET_STOCK(GetStockRequest.getDefaultInstance(), GetStockResponse.getDefaultInstance()),
  BATCH_GET_STOCK(
      BatchGetStockRequest.getDefaultInstance(), BatchGetStockResponse.getDefaultInstance()),
  GET_RESERVATION(
      GetReservationRequest.getDefaultInstance(), GetReservationResponse.getDefaultInstance()),
  GET_LEASE(GetLeaseRequest.getDefaultInstance(), GetLeaseResponse.getDefaultInstance()),
  GET_TRANSFER(GetTransferRequest.getDefaultInstance(), GetTransferResponse.getDefaultInstance());

  private static final Map<Class<?>, Kind> BY_REQUEST =
      Arrays.stream(values())
          .collect(Collectors.toMap(kind -> kind.request.getClass(), Function.identity()));

  private final Message request;
  private final Message answer;

  Kind(Message request, Message answer) {
    this.request = request;
    this.answer = answer;
  }

  /**
   * The kind of a request.
   *
   * @throws IllegalArgumentException for a request that no history may contain
   */
  public static Kind of(Message request) {
    Kind kind = BY_REQUEST.get(request.getClass());
    if (kind == null) {
      throw new IllegalArgumentException("not to be recorded: " + request.getClass());
    }
    return kind;
  }

  public boolean isRead() {
    return request.getDescriptorForType().findFieldByName("read") != null;
  }

  /** The empty request. */
  Message request() {
    return request;
  }

  /** The empty answer to a single call. */
  public Message answer() {
    return answer;
  }
}
