package dev.holdfast.store.api.terms;

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
import dev.holdfast.store.api.call.Mutations;
import dev.holdfast.store.partition.Partitions;
import io.grpc.stub.StreamObserver;

/**
 * Answers calls about the terms of items and stores. Runs on the transport's threads, so nothing
 * blocks.
 */
public final class TermsService extends TermsServiceGrpc.TermsServiceImplBase {
  private final Mutations mutations;
  private final StoreReads stores;

  public TermsService(Partitions partitions, Mutations mutations) {
    this.mutations = mutations;
    this.stores = new StoreReads(partitions);
  }

  @Override
  public void setSafetyStock(
      SetSafetyStockRequest request, StreamObserver<SetSafetyStockResponse> caller) {
    mutations.submit(TermsKinds.SAFETY_STOCK, request, caller);
  }

  @Override
  public void setItemFrozen(
      SetItemFrozenRequest request, StreamObserver<SetItemFrozenResponse> caller) {
    mutations.submit(TermsKinds.ITEM_FROZEN, request, caller);
  }

  @Override
  public void deleteItem(DeleteItemRequest request, StreamObserver<DeleteItemResponse> caller) {
    mutations.submit(TermsKinds.DELETE, request, caller);
  }

  @Override
  public void setStoreFrozen(
      SetStoreFrozenRequest request, StreamObserver<SetStoreFrozenResponse> caller) {
    mutations.submit(TermsKinds.STORE_FROZEN, request, caller);
  }

  @Override
  public void getStore(GetStoreRequest request, StreamObserver<GetStoreResponse> caller) {
    stores.get(request, caller);
  }

  @Override
  public void listStores(ListStoresRequest request, StreamObserver<ListStoresResponse> caller) {
    stores.list(request, caller);
  }
}
