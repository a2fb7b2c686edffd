package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.export.PartitionExport;
import dev.holdfast.aggregator.invariant.PartitionBooks;
import dev.holdfast.aggregator.invariant.TransfersProof;
import dev.holdfast.aggregator.invariant.UnprovenException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Compares the books of all partitions' transfers. They are read one after the other while units
 * move, so those that stand too early to be compared are read again.
 */
final class TransferAudit {
  private static final int ROUNDS_MAX = 200;

  private final ViewAndStores sides;

  TransferAudit(ViewAndStores sides) {
    this.sides = sides;
  }

  TransfersProof prove() throws UnprovenException {
    List<PartitionBooks> books = new ArrayList<>();
    for (int partition = 0; partition < sides.progress().partitionCount(); partition++) {
      books.add(read(partition));
    }
    for (int round = 0; round < ROUNDS_MAX; round++) {
      Set<Integer> early = TransfersProof.tooEarly(books);
      if (early.isEmpty()) {
        return TransfersProof.of(books);
      }
      for (int partition : early) {
        books.set(partition, read(partition));
      }
    }
    throw new UnprovenException(
        "hand-overs between partitions moved on faster than they could be compared: verify again");
  }

  private PartitionBooks read(int partition) throws UnprovenException {
    try (PartitionExport export = sides.export(partition, 0, 0)) {
      return export.transfers(partition);
    }
  }
}
