package dev.holdfast.store.api.call;

import dev.holdfast.proto.inventory.v1.Position;

/** Places in the log of a partition, as callers are told them. */
public final class Positions {
  private Positions() {}

  public static Position of(int partition, long sequence) {
    return Position.newBuilder().setPartition(partition).setSequence(sequence).build();
  }
}
