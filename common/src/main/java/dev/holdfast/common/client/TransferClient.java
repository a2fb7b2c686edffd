package dev.holdfast.common.client;

import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.CancelTransferResponse;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferResponse;
import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.ListTransfersResponse;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferResponse;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import java.util.concurrent.CompletableFuture;

/** Transfers between stores: a part of {@link HoldfastClient}, with its rules. */
public final class TransferClient {
  private static final Operation<ShipTransferRequest, ShipTransferResponse> SHIP =
      new Operation<>(
          TransferServiceGrpc.getShipTransferMethod(), ShipTransferRequest::getIdempotencyKey);
  private static final Operation<ReceiveTransferRequest, ReceiveTransferResponse> RECEIVE =
      new Operation<>(
          TransferServiceGrpc.getReceiveTransferMethod(),
          ReceiveTransferRequest::getIdempotencyKey);
  private static final Operation<CancelTransferRequest, CancelTransferResponse> CANCEL =
      new Operation<>(
          TransferServiceGrpc.getCancelTransferMethod(), CancelTransferRequest::getIdempotencyKey);
  private static final Operation<GetTransferRequest, GetTransferResponse> GET =
      new Operation<>(TransferServiceGrpc.getGetTransferMethod(), null);
  private static final Operation<ListTransfersRequest, ListTransfersResponse> LIST =
      new Operation<>(TransferServiceGrpc.getListTransfersMethod(), null);

  private final Calls calls;
  private final IdempotencyKeys keys;

  TransferClient(Calls calls, IdempotencyKeys keys) {
    this.calls = calls;
    this.keys = keys;
  }

  public CompletableFuture<ShipTransferResponse> ship(ShipTransferRequest request) {
    ShipTransferRequest keyed =
        request.getIdempotencyKey().isEmpty()
            ? request.toBuilder().setIdempotencyKey(keys.next()).build()
            : request;
    return calls.start(SHIP, request.getStore(), keyed);
  }

  /** Completes when the destination has the units, or says what is still arriving. */
  public CompletableFuture<ReceiveTransferResponse> receive(ReceiveTransferRequest request) {
    ReceiveTransferRequest keyed =
        request.getIdempotencyKey().isEmpty()
            ? request.toBuilder().setIdempotencyKey(keys.next()).build()
            : request;
    return calls.start(RECEIVE, request.getStore(), keyed);
  }

  public CompletableFuture<CancelTransferResponse> cancel(CancelTransferRequest request) {
    CancelTransferRequest keyed =
        request.getIdempotencyKey().isEmpty()
            ? request.toBuilder().setIdempotencyKey(keys.next()).build()
            : request;
    return calls.start(CANCEL, request.getStore(), keyed);
  }

  public CompletableFuture<GetTransferResponse> get(GetTransferRequest request) {
    return calls.start(GET, request.getStore(), request);
  }

  public CompletableFuture<ListTransfersResponse> list(ListTransfersRequest request) {
    String store = request.getStore().isEmpty() ? null : request.getStore();
    return calls.start(LIST, store, request);
  }
}
