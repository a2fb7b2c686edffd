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
  private final Calls calls;
  private final IdempotencyKeys keys;

  TransferClient(Calls calls, IdempotencyKeys keys) {
    this.calls = calls;
    this.keys = keys;
  }

  public CompletableFuture<ShipTransferResponse> ship(ShipTransferRequest request) {
    return calls.mutate(TransferServiceGrpc.getShipTransferMethod(), request, keys);
  }

  /**
   * Completes when the destination has the units; otherwise the answer has the units still
   * arriving.
   */
  public CompletableFuture<ReceiveTransferResponse> receive(ReceiveTransferRequest request) {
    return calls.mutate(TransferServiceGrpc.getReceiveTransferMethod(), request, keys);
  }

  public CompletableFuture<CancelTransferResponse> cancel(CancelTransferRequest request) {
    return calls.mutate(TransferServiceGrpc.getCancelTransferMethod(), request, keys);
  }

  public CompletableFuture<GetTransferResponse> get(GetTransferRequest request) {
    return calls.read(TransferServiceGrpc.getGetTransferMethod(), request.getStore(), request);
  }

  public CompletableFuture<ListTransfersResponse> list(ListTransfersRequest request) {
    String store = request.getStore().isEmpty() ? null : request.getStore();
    return calls.read(TransferServiceGrpc.getListTransfersMethod(), store, request);
  }
}
