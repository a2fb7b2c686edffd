package dev.holdfast.common.codec;

import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.log.v1.Level;

/** The stock of an item between its domain and the form that is persisted. */
public final class LevelCodec {
  private LevelCodec() {}

  public static Level toProto(StockLevel level) {
    return Level.newBuilder()
        .setOnHand(level.onHand())
        .setReserved(level.reserved())
        .setVersion(level.version())
        .setNetShipped(level.netShipped())
        .setSafetyStock(level.safetyStock())
        .setStateValue(level.state().number())
        .build();
  }

  /**
   * Reads a level.
   *
   * @throws IllegalArgumentException when there can be no such level
   */
  public static StockLevel fromProto(Level proto) {
    return new StockLevel(
        proto.getOnHand(),
        proto.getReserved(),
        proto.getVersion(),
        proto.getNetShipped(),
        proto.getSafetyStock(),
        StockLevel.State.of(proto.getStateValue()));
  }
}
