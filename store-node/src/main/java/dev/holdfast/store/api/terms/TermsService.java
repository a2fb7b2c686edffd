package dev.holdfast.store.api.terms;

import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.TermsEvent;
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
import dev.holdfast.store.api.call.MutationKind;
import dev.holdfast.store.api.call.Mutations;
import dev.holdfast.store.partition.Partitions;
import io.grpc.stub.StreamObserver;

/**
 * Answers calls about the terms of items and stores. Runs on the transport's threads, so nothing
 * blocks.
 */
public final class TermsService extends TermsServiceGrpc.TermsServiceImplBase {
  private static final MutationKind<
          SetSafetyStockRequest, TermsEvent.ItemTermsChanged, SetSafetyStockResponse>
      SAFETY_STOCK =
          MutationKind.of(
              TermsServiceGrpc.getSetSafetyStockMethod(),
              (context, request) -> new TermsMapper(context).map(request),
              TermsEvent.ItemTermsChanged.class,
              (event, position) ->
                  SetSafetyStockResponse.newBuilder()
                      .setStock(LevelAnswer.of(event.item(), event.after()))
                      .setPosition(position)
                      .build());

  private static final MutationKind<
          SetItemFrozenRequest, TermsEvent.ItemTermsChanged, SetItemFrozenResponse>
      ITEM_FROZEN =
          MutationKind.of(
              TermsServiceGrpc.getSetItemFrozenMethod(),
              (context, request) -> new TermsMapper(context).map(request),
              TermsEvent.ItemTermsChanged.class,
              (event, position) ->
                  SetItemFrozenResponse.newBuilder()
                      .setStock(LevelAnswer.of(event.item(), event.after()))
                      .setPosition(position)
                      .build());

  private static final MutationKind<
          DeleteItemRequest, TermsEvent.ItemTermsChanged, DeleteItemResponse>
      DELETE =
          MutationKind.of(
              TermsServiceGrpc.getDeleteItemMethod(),
              (context, request) -> new TermsMapper(context).map(request),
              TermsEvent.ItemTermsChanged.class,
              (event, position) ->
                  DeleteItemResponse.newBuilder()
                      .setVersion(event.after().version())
                      .setPosition(position)
                      .build());

  private static final MutationKind<
          SetStoreFrozenRequest, TermsEvent.StoreTermsChanged, SetStoreFrozenResponse>
      STORE_FROZEN =
          MutationKind.of(
              TermsServiceGrpc.getSetStoreFrozenMethod(),
              (context, request) -> new TermsMapper(context).map(request),
              TermsEvent.StoreTermsChanged.class,
              (event, position) ->
                  SetStoreFrozenResponse.newBuilder().setPosition(position).build());

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
