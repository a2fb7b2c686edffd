package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.export.Export;
import dev.holdfast.aggregator.invariant.PartProof;
import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.ViewCut;

/**
 * Proves a part at an exact cut: holds the partition until a store node has pinned an export, lets
 * it get to just that sequence, and lets it go on as soon as the view is cut there.
 */
final class ExactProof {
  private final ProofParts parts;

  ExactProof(ProofParts parts) {
    this.parts = parts;
  }

  PartProof prove(int partition) throws UnprovenException {
    if (parts.progress().of(partition).cursor().trust().rebuilding()) {
      throw new UnprovenException("partition " + partition + " is being replaced");
    }
    String paused = parts.progress().of(partition).paused();
    if (!paused.isEmpty()) {
      throw new UnprovenException("partition " + partition + " is paused: " + paused);
    }
    Cursor at = Waiting.await(parts.writer().hold(partition));
    try (Export export =
            parts.exports().open(partition, at.sequence(), parts.feeder(partition), 0);
        ViewCut cut = cutAt(partition, export)) {
      Waiting.await(parts.writer().release(partition));
      return new Comparison(new ViewPart(cut, parts.map(), partition), export).proof(partition);
    } finally {
      var unused = parts.writer().release(partition);
    }
  }

  private ViewCut cutAt(int partition, Export export) throws UnprovenException {
    return Waiting.await(parts.writer().cutAt(partition, export.cursor().sequence()));
  }
}
