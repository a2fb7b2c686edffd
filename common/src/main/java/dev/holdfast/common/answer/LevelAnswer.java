package dev.holdfast.common.answer;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.StockLevel;

/** The one way in which a level is told, whoever asks and whichever kind of node. */
public final class LevelAnswer {
  private LevelAnswer() {}

  /** Every field of it; that an item is deleted is told otherwise. */
  public static StockLevel of(StockKey item, dev.holdfast.common.domain.StockLevel level) {
    return StockLevel.newBuilder()
        .setStore(item.store())
        .setSku(item.sku())
        .setOnHand(level.onHand())
        .setReserved(level.reserved())
        .setAvailable(level.available())
        .setVersion(level.version())
        .setSafetyStock(level.safetyStock())
        .setFrozen(level.isFrozen())
        .setNetShipped(level.netShipped())
        .build();
  }
}
