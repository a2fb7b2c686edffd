package dev.holdfast.store.api.terms;

import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemResponse;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenResponse;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockResponse;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenResponse;
import dev.holdfast.proto.inventory.v1.TermsServiceGrpc;
import dev.holdfast.store.api.call.MutationKind;

/** The mutations of the terms of an item or a store. */
public final class TermsKinds {
  public static final MutationKind<
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

  public static final MutationKind<
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

  public static final MutationKind<
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

  public static final MutationKind<
          SetStoreFrozenRequest, TermsEvent.StoreTermsChanged, SetStoreFrozenResponse>
      STORE_FROZEN =
          MutationKind.of(
              TermsServiceGrpc.getSetStoreFrozenMethod(),
              (context, request) -> new TermsMapper(context).map(request),
              TermsEvent.StoreTermsChanged.class,
              (event, position) ->
                  SetStoreFrozenResponse.newBuilder().setPosition(position).build());

  private TermsKinds() {}
}
