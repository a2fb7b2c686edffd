package dev.holdfast.common.client;

import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemResponse;
import dev.holdfast.proto.inventory.v1.GetStoreRequest;
import dev.holdfast.proto.inventory.v1.GetStoreResponse;
import dev.holdfast.proto.inventory.v1.ListStoresRequest;
import dev.holdfast.proto.inventory.v1.ListStoresResponse;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenResponse;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockResponse;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenResponse;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import java.util.concurrent.CompletableFuture;

/** What may be done with items and stores. Made by {@link HoldfastClient#terms()}. */
public final class TermsClient {
  private static final Operation<SetSafetyStockRequest, SetSafetyStockResponse> SAFETY_STOCK =
      new Operation<>(
          TermsServiceGrpc.getSetSafetyStockMethod(), SetSafetyStockRequest::getIdempotencyKey);
  private static final Operation<SetItemFrozenRequest, SetItemFrozenResponse> ITEM_FROZEN =
      new Operation<>(
          TermsServiceGrpc.getSetItemFrozenMethod(), SetItemFrozenRequest::getIdempotencyKey);
  private static final Operation<DeleteItemRequest, DeleteItemResponse> DELETE =
      new Operation<>(TermsServiceGrpc.getDeleteItemMethod(), DeleteItemRequest::getIdempotencyKey);
  private static final Operation<SetStoreFrozenRequest, SetStoreFrozenResponse> STORE_FROZEN =
      new Operation<>(
          TermsServiceGrpc.getSetStoreFrozenMethod(), SetStoreFrozenRequest::getIdempotencyKey);

  private static final Operation<GetStoreRequest, GetStoreResponse> GET_STORE =
      new Operation<>(TermsServiceGrpc.getGetStoreMethod(), null);
  private static final Operation<ListStoresRequest, ListStoresResponse> LIST_STORES =
      new Operation<>(TermsServiceGrpc.getListStoresMethod(), null);

  private final Calls calls;
  private final IdempotencyKeys keys;

  TermsClient(Calls calls, IdempotencyKeys keys) {
    this.calls = calls;
    this.keys = keys;
  }

  public CompletableFuture<SetSafetyStockResponse> setSafetyStock(SetSafetyStockRequest request) {
    String key = keys.orNext(request.getIdempotencyKey());
    return calls.start(
        SAFETY_STOCK, request.getStore(), request.toBuilder().setIdempotencyKey(key).build());
  }

  public CompletableFuture<SetItemFrozenResponse> setItemFrozen(SetItemFrozenRequest request) {
    String key = keys.orNext(request.getIdempotencyKey());
    return calls.start(
        ITEM_FROZEN, request.getStore(), request.toBuilder().setIdempotencyKey(key).build());
  }

  public CompletableFuture<DeleteItemResponse> deleteItem(DeleteItemRequest request) {
    String key = keys.orNext(request.getIdempotencyKey());
    return calls.start(
        DELETE, request.getStore(), request.toBuilder().setIdempotencyKey(key).build());
  }

  public CompletableFuture<SetStoreFrozenResponse> setStoreFrozen(SetStoreFrozenRequest request) {
    String key = keys.orNext(request.getIdempotencyKey());
    return calls.start(
        STORE_FROZEN, request.getStore(), request.toBuilder().setIdempotencyKey(key).build());
  }

  public CompletableFuture<GetStoreResponse> getStore(GetStoreRequest request) {
    return calls.start(GET_STORE, request.getStore(), request);
  }

  public CompletableFuture<ListStoresResponse> listStores(ListStoresRequest request) {
    return calls.start(LIST_STORES, null, request);
  }
}
