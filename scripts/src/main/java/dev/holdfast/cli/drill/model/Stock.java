package dev.holdfast.cli.drill.model;

import dev.holdfast.proto.inventory.v1.StockLevel;

/** The stock of one item. Every change makes a new one, one version later. */
record Stock(long onHand, long reserved, long version, long netShipped, long safety, State state) {
  static final long MAX = 1_000_000_000_000L;

  /** What may be done with the item. */
  enum State {
    ACTIVE,
    FROZEN,
    DELETED
  }

  static Stock opening(long onHand) {
    return new Stock(onHand, 0, 1, 0, 0, State.ACTIVE);
  }

  Stock reopened(long quantity) {
    return new Stock(quantity, 0, version + 1, netShipped, 0, State.ACTIVE);
  }

  Stock plus(long moreOnHand, long moreReserved) {
    return plus(moreOnHand, moreReserved, 0);
  }

  Stock plus(long moreOnHand, long moreReserved, long moreShipped) {
    return new Stock(
        onHand + moreOnHand,
        reserved + moreReserved,
        version + 1,
        netShipped + moreShipped,
        safety,
        state);
  }

  Stock with(long newSafety, State newState) {
    return new Stock(onHand, reserved, version + 1, netShipped, newSafety, newState);
  }

  long available() {
    return onHand - reserved;
  }

  boolean isFrozen() {
    return state == State.FROZEN;
  }

  boolean isDeleted() {
    return state == State.DELETED;
  }

  /** As answers to mutations have it. */
  StockLevel told(Item item) {
    return builder(item).build();
  }

  /** As reads have it. */
  StockLevel read(Item item, boolean storeFrozen) {
    long reservable = storeFrozen || isFrozen() ? 0 : Math.max(0, available() - safety);
    return builder(item).setReservable(reservable).setStoreFrozen(storeFrozen).build();
  }

  private StockLevel.Builder builder(Item item) {
    return StockLevel.newBuilder()
        .setStore(item.store())
        .setSku(item.sku())
        .setOnHand(onHand)
        .setReserved(reserved)
        .setAvailable(available())
        .setVersion(version)
        .setSafetyStock(safety)
        .setFrozen(isFrozen())
        .setNetShipped(netShipped);
  }
}
