package dev.holdfast.store.api.stock;

import dev.holdfast.common.answer.LevelAnswer;
import dev.holdfast.common.domain.Event;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CountStockResponse;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.CreateItemResponse;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.store.api.call.MutationKind;
import java.util.List;

/** The mutations of one item's stock. */
public final class StockKinds {
  public static final MutationKind<CreateItemRequest, Event.ItemCreated, CreateItemResponse>
      CREATE =
          MutationKind.of(
              InventoryServiceGrpc.getCreateItemMethod(),
              StockMapper::create,
              Event.ItemCreated.class,
              (event, position) ->
                  CreateItemResponse.newBuilder()
                      .setStock(LevelAnswer.of(event.item(), event.after()))
                      .setPosition(position)
                      .build(),
              (event, accepted) -> accepted.addStock(LevelAnswer.of(event.item(), event.after())));

  public static final MutationKind<AdjustStockRequest, Event.StockAdjusted, AdjustStockResponse>
      ADJUST =
          MutationKind.of(
              InventoryServiceGrpc.getAdjustStockMethod(),
              StockMapper::adjust,
              Event.StockAdjusted.class,
              (event, position) ->
                  AdjustStockResponse.newBuilder()
                      .setStock(LevelAnswer.of(event.item(), event.after()))
                      .setPosition(position)
                      .setShortfall(event.shortfall())
                      .build(),
              (event, accepted) ->
                  accepted
                      .addStock(LevelAnswer.of(event.item(), event.after()))
                      .setShortfall(event.shortfall()));

  public static final MutationKind<CountStockRequest, Event.StockCounted, CountStockResponse>
      COUNT =
          MutationKind.of(
              InventoryServiceGrpc.getCountStockMethod(),
              StockMapper::count,
              Event.StockCounted.class,
              (event, position) ->
                  CountStockResponse.newBuilder()
                      .setStock(LevelAnswer.of(event.item(), event.after()))
                      .setDifference(event.difference())
                      .setPosition(position)
                      .build(),
              (event, accepted) ->
                  accepted
                      .addStock(LevelAnswer.of(event.item(), event.after()))
                      .setCountDifference(event.difference()));

  public static final List<MutationKind<?, ?, ?>> ALL = List.of(CREATE, ADJUST, COUNT);

  private StockKinds() {}
}
