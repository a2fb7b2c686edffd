package dev.holdfast.common.answer;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.StockLevel;

/** The one way in which a level is told, whoever asks and whichever kind of node. */
public final class LevelAnswer {
  private LevelAnswer() {}

  /** As it is read now: with what can be sold of it. */
  public static StockLevel read(
      StockKey item, dev.holdfast.common.domain.StockLevel level, boolean storeFrozen) {
    boolean frozen = storeFrozen || level.isFrozen();
    return fields(item, level)
        .setReservable(frozen ? 0 : level.reservable())
        .setStoreFrozen(storeFrozen)
        .build();
  }

  /** As it was at some place in the log; that an item is deleted is told otherwise. */
  public static StockLevel of(StockKey item, dev.holdfast.common.domain.StockLevel level) {
    return fields(item, level).build();
  }

  private static StockLevel.Builder fields(
      StockKey item, dev.holdfast.common.domain.StockLevel level) {
    return StockLevel.newBuilder()
        .setStore(item.store())
        .setSku(item.sku())
        .setOnHand(level.onHand())
        .setReserved(level.reserved())
        .setAvailable(level.available())
        .setVersion(level.version())
        .setSafetyStock(level.safetyStock())
        .setFrozen(level.isFrozen())
        .setNetShipped(level.netShipped());
  }
}
