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

/** Calls about the terms of items and stores. Made by {@link HoldfastClient#terms()}. */
public final class TermsClient {
  private final Calls calls;
  private final IdempotencyKeys keys;

  TermsClient(Calls calls, IdempotencyKeys keys) {
    this.calls = calls;
    this.keys = keys;
  }

  public CompletableFuture<SetSafetyStockResponse> setSafetyStock(SetSafetyStockRequest request) {
    return calls.mutate(TermsServiceGrpc.getSetSafetyStockMethod(), request, keys);
  }

  public CompletableFuture<SetItemFrozenResponse> setItemFrozen(SetItemFrozenRequest request) {
    return calls.mutate(TermsServiceGrpc.getSetItemFrozenMethod(), request, keys);
  }

  public CompletableFuture<DeleteItemResponse> deleteItem(DeleteItemRequest request) {
    return calls.mutate(TermsServiceGrpc.getDeleteItemMethod(), request, keys);
  }

  public CompletableFuture<SetStoreFrozenResponse> setStoreFrozen(SetStoreFrozenRequest request) {
    return calls.mutate(TermsServiceGrpc.getSetStoreFrozenMethod(), request, keys);
  }

  public CompletableFuture<GetStoreResponse> getStore(GetStoreRequest request) {
    return calls.read(TermsServiceGrpc.getGetStoreMethod(), request.getStore(), request);
  }

  public CompletableFuture<ListStoresResponse> listStores(ListStoresRequest request) {
    return calls.read(TermsServiceGrpc.getListStoresMethod(), null, request);
  }
}
