package dev.holdfast.cli.drill.model;

import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CountStockResponse;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.CreateItemResponse;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemResponse;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenResponse;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockResponse;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenResponse;
import dev.holdfast.proto.inventory.v1.StockLevel;
import org.jspecify.annotations.Nullable;

/** Items and the terms of items and stores. */
final class Stocks {
  private static final long ANY_VERSION = 0;

  private final Table<Item, Stock> items;
  private final Table<String, Boolean> frozenStores;

  Stocks(Undo undo) {
    items = new Table<>(undo);
    frozenStores = new Table<>(undo);
  }

  CreateItemResponse create(CreateItemRequest request, Moment now) throws Refused {
    Item item = new Item(request.getStore(), request.getSku());
    Stock before = items.get(item);
    if (before != null && !before.isDeleted()) {
      throw Refused.item("ITEM_EXISTS", item);
    }
    long quantity = request.getInitialQuantity();
    Stock after = before == null ? Stock.opening(quantity) : before.reopened(quantity);
    return CreateItemResponse.newBuilder().setStock(put(item, after)).build();
  }

  AdjustStockResponse adjust(AdjustStockRequest request, Moment now) throws Refused {
    Item item = new Item(request.getStore(), request.getSku());
    Stock stock = existing(item);
    checkNotFrozen(item, stock);
    checkVersion(item, stock, request.getExpectedVersion());
    long delta = request.getDelta();
    long missing = Math.max(0, -delta - stock.available());
    if (missing > 0 && !request.getRecordShortfall()) {
      throw insufficient(item, stock, -delta);
    }
    if (stock.onHand() + delta > Stock.MAX) {
      throw pastLimit(item, stock, delta);
    }
    return AdjustStockResponse.newBuilder()
        .setStock(put(item, stock.plus(delta + missing, 0)))
        .setShortfall(missing)
        .build();
  }

  CountStockResponse count(CountStockRequest request, Moment now) throws Refused {
    Item item = new Item(request.getStore(), request.getSku());
    Stock stock = existing(item);
    checkVersion(item, stock, request.getExpectedVersion());
    long counted = request.getCounted();
    if (counted < stock.reserved()) {
      throw Refused.item("INSUFFICIENT_STOCK", item)
          .with("on_hand", counted)
          .with("reserved", stock.reserved());
    }
    long difference = counted - stock.onHand();
    return CountStockResponse.newBuilder()
        .setStock(put(item, stock.plus(difference, 0)))
        .setDifference(difference)
        .build();
  }

  SetSafetyStockResponse setSafetyStock(SetSafetyStockRequest request, Moment now) throws Refused {
    Item item = new Item(request.getStore(), request.getSku());
    Stock stock = existing(item);
    checkVersion(item, stock, request.getExpectedVersion());
    boolean same = stock.safety() == request.getQuantity();
    Stock after = same ? stock : stock.with(request.getQuantity(), stock.state());
    return SetSafetyStockResponse.newBuilder().setStock(put(item, after)).build();
  }

  SetItemFrozenResponse setFrozen(SetItemFrozenRequest request, Moment now) throws Refused {
    Item item = new Item(request.getStore(), request.getSku());
    Stock stock = existing(item);
    checkVersion(item, stock, request.getExpectedVersion());
    Stock.State wanted = request.getFrozen() ? Stock.State.FROZEN : Stock.State.ACTIVE;
    Stock after = stock.state() == wanted ? stock : stock.with(stock.safety(), wanted);
    return SetItemFrozenResponse.newBuilder().setStock(put(item, after)).build();
  }

  DeleteItemResponse delete(DeleteItemRequest request, Moment now) throws Refused {
    Item item = new Item(request.getStore(), request.getSku());
    Stock stock = existing(item);
    checkNotFrozen(item, stock);
    checkVersion(item, stock, request.getExpectedVersion());
    if (stock.onHand() > 0) {
      throw Refused.item("NOT_EMPTY", item)
          .with("on_hand", stock.onHand())
          .with("reserved", stock.reserved());
    }
    StockLevel gone = put(item, stock.with(0, Stock.State.DELETED));
    return DeleteItemResponse.newBuilder().setVersion(gone.getVersion()).build();
  }

  SetStoreFrozenResponse setStoreFrozen(SetStoreFrozenRequest request, Moment now) {
    frozenStores.put(request.getStore(), request.getFrozen() ? Boolean.TRUE : null);
    return SetStoreFrozenResponse.getDefaultInstance();
  }

  boolean isStoreFrozen(String store) {
    return frozenStores.getOrDefault(store, false);
  }

  /** An item, also when it is deleted. */
  @Nullable Stock find(Item item) {
    return items.get(item);
  }

  Stock existing(Item item) throws Refused {
    Stock stock = items.get(item);
    if (stock == null || stock.isDeleted()) {
      throw Refused.item("NOT_FOUND", item);
    }
    return stock;
  }

  StockLevel put(Item item, Stock stock) {
    items.put(item, stock);
    return stock.told(item);
  }

  void addTo(State state) {
    state.add(items.copy());
    state.add(frozenStores.copy());
  }

  static void checkNotFrozen(Item item, Stock stock) throws Refused {
    if (stock.isFrozen()) {
      throw Refused.item("ITEM_FROZEN", item);
    }
  }

  static void checkVersion(Item item, Stock stock, long expected) throws Refused {
    if (expected != ANY_VERSION && expected != stock.version()) {
      throw Refused.item("VERSION_CONFLICT", item)
          .with("expected_version", expected)
          .with("actual_version", stock.version());
    }
  }

  /** For commands that may take safety stock. */
  static Refused insufficient(Item item, Stock stock, long requested) {
    return Refused.item("INSUFFICIENT_STOCK", item)
        .with("on_hand", stock.onHand())
        .with("held", stock.reserved())
        .with("safety_stock", 0)
        .with("available", stock.available())
        .with("requested", requested);
  }

  static Refused pastLimit(Item item, Stock stock, long requested) {
    return Refused.item("QUANTITY_LIMIT", item)
        .with("requested", requested)
        .with("available", stock.available());
  }
}
