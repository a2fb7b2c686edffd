package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.export.PartitionExport;
import dev.holdfast.aggregator.invariant.PartProof;
import dev.holdfast.aggregator.invariant.ReservationsProof;
import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.aggregator.invariant.VerifiedPart;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;

/**
 * Proves a part at an exact cut: pauses the partition until a store node has pinned an export, lets
 * it get to just that sequence, and lets it go on as soon as the view is cut there.
 */
final class ExactProof {
  private final ViewAndStores sides;

  ExactProof(ViewAndStores sides) {
    this.sides = sides;
  }

  /** What is proven of the cut, while it lasts. */
  @FunctionalInterface
  private interface Proving<T> {
    T prove(ViewPart part, PartitionExport export) throws UnprovenException;
  }

  /** The view only. */
  PartProof compare(int partition) throws UnprovenException {
    return atCut(partition, (part, export) -> new PartComparison(part, export).proof(partition));
  }

  /** The view, and the reservations of the store node that it is compared with. */
  VerifiedPart verify(int partition) throws UnprovenException {
    return atCut(
        partition,
        (part, export) -> {
          PartProof proof = new PartComparison(part, export).proof(partition);
          return new VerifiedPart(
              proof,
              ReservationsProof.of(proof.at(), proof.stores().reserved(), export.reservations()));
        });
  }

  private <T> T atCut(int partition, Proving<T> proving) throws UnprovenException {
    if (sides.trust(partition).rebuilding()) {
      throw new UnprovenException("partition " + partition + " is being replaced");
    }
    String paused = sides.paused(partition);
    if (!paused.isEmpty()) {
      throw new UnprovenException("partition " + partition + " is paused: " + paused);
    }
    ViewCursor at = sides.pause(partition);
    try (PartitionExport export = sides.export(partition, at.sequence(), 0);
        ViewCut cut = cutAt(partition, export)) {
      ProverWait.await(sides.writer().resume(partition));
      return proving.prove(sides.part(cut, partition), export);
    } finally {
      sides.resume(partition);
    }
  }

  private ViewCut cutAt(int partition, PartitionExport export) throws UnprovenException {
    return ProverWait.await(sides.writer().cutAt(partition, export.cursor().sequence()));
  }
}
