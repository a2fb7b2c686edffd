package dev.holdfast.store.api;

import dev.holdfast.proto.inventory.v1.Position;

/** Places in the log of a partition, as callers are told them. */
final class Positions {
  private Positions() {}

  static Position of(int partition, long sequence) {
    return Position.newBuilder().setPartition(partition).setSequence(sequence).build();
  }
}
