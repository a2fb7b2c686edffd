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
        .setState(toProto(level.state()))
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
        fromProto(proto.getState()));
  }

  private static Level.State toProto(StockLevel.State state) {
    return switch (state) {
      case ACTIVE -> Level.State.STATE_ACTIVE;
      case FROZEN -> Level.State.STATE_FROZEN;
      case DELETED -> Level.State.STATE_DELETED;
    };
  }

  private static StockLevel.State fromProto(Level.State state) {
    return switch (state) {
      case STATE_ACTIVE -> StockLevel.State.ACTIVE;
      case STATE_FROZEN -> StockLevel.State.FROZEN;
      case STATE_DELETED -> StockLevel.State.DELETED;
      case UNRECOGNIZED -> throw new IllegalArgumentException("unknown state of an item");
    };
  }
}
