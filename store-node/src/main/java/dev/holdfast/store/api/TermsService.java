package dev.holdfast.store.api;

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
import dev.holdfast.store.partition.Partitions;
import io.grpc.stub.StreamObserver;

/** What may be done with items and stores. Runs on the transport's threads, so nothing blocks. */
public final class TermsService extends TermsServiceGrpc.TermsServiceImplBase {
  private static final Mutations.Kind<SetSafetyStockRequest, SetSafetyStockResponse> SAFETY_STOCK =
      new Mutations.Kind<>(
          TermsServiceGrpc.getSetSafetyStockMethod(),
          (mapper, request) -> new TermsMapper(mapper).map(request),
          accepted ->
              SetSafetyStockResponse.newBuilder()
                  .setStock(accepted.getStock(0))
                  .setPosition(accepted.getPosition())
                  .build());

  private static final Mutations.Kind<SetItemFrozenRequest, SetItemFrozenResponse> ITEM_FROZEN =
      new Mutations.Kind<>(
          TermsServiceGrpc.getSetItemFrozenMethod(),
          (mapper, request) -> new TermsMapper(mapper).map(request),
          accepted ->
              SetItemFrozenResponse.newBuilder()
                  .setStock(accepted.getStock(0))
                  .setPosition(accepted.getPosition())
                  .build());

  private static final Mutations.Kind<DeleteItemRequest, DeleteItemResponse> DELETE =
      new Mutations.Kind<>(
          TermsServiceGrpc.getDeleteItemMethod(),
          (mapper, request) -> new TermsMapper(mapper).map(request),
          accepted ->
              DeleteItemResponse.newBuilder()
                  .setVersion(accepted.getStock(0).getVersion())
                  .setPosition(accepted.getPosition())
                  .build());

  private static final Mutations.Kind<SetStoreFrozenRequest, SetStoreFrozenResponse> STORE_FROZEN =
      new Mutations.Kind<>(
          TermsServiceGrpc.getSetStoreFrozenMethod(),
          (mapper, request) -> new TermsMapper(mapper).map(request),
          accepted ->
              SetStoreFrozenResponse.newBuilder().setPosition(accepted.getPosition()).build());

  private final Mutations mutations;
  private final StoreReads stores;

  public TermsService(Partitions partitions, Mutations mutations) {
    this.mutations = mutations;
    this.stores = new StoreReads(partitions);
  }

  @Override
  public void setSafetyStock(
      SetSafetyStockRequest request, StreamObserver<SetSafetyStockResponse> caller) {
    mutations.submit(SAFETY_STOCK, request, caller);
  }

  @Override
  public void setItemFrozen(
      SetItemFrozenRequest request, StreamObserver<SetItemFrozenResponse> caller) {
    mutations.submit(ITEM_FROZEN, request, caller);
  }

  @Override
  public void deleteItem(DeleteItemRequest request, StreamObserver<DeleteItemResponse> caller) {
    mutations.submit(DELETE, request, caller);
  }

  @Override
  public void setStoreFrozen(
      SetStoreFrozenRequest request, StreamObserver<SetStoreFrozenResponse> caller) {
    mutations.submit(STORE_FROZEN, request, caller);
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
