package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.export.PartitionExport;
import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.PartProof;
import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.aggregator.view.PartTrust;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Replaces a partition's part of the view by an export. The partition is paused meanwhile; should
 * it fail half-way, it stays paused and untrusted until another try is through.
 *
 * <p>Records are written without reading those before them. What the export lacks is found
 * afterwards, by digests, when all of the part is read to prove it; meanwhile the writer, which
 * reads it as well, makes the totals.
 */
final class Rebuild {
  private static final Duration TOTALS_WITHIN = Duration.ofMinutes(10);

  private final ViewAndStores sides;
  private final ProofMetrics metrics;

  Rebuild(ViewAndStores sides, ProofMetrics metrics) {
    this.sides = sides;
    this.metrics = metrics;
  }

  /**
   * Rebuilds a part.
   *
   * @param why the part is untrusted meanwhile
   * @param tries that failed before
   */
  PartProof run(int partition, String why, int tries) throws UnprovenException {
    ViewCursor at = sides.pause(partition);
    try (PartitionExport export = sides.export(partition, at.sequence(), tries)) {
      ProverWait.await(sides.parts().begin(partition, why));
      return metrics.rebuilding(() -> replace(partition, export));
    } finally {
      sides.resume(partition); // not what is half replaced
    }
  }

  private PartProof replace(int partition, PartitionExport export) throws UnprovenException {
    load(export);
    CompletableFuture<Void> totals = sides.parts().correctTotals();
    StateDigest found = digest(partition);
    ProverWait.await(totals, TOTALS_WITHIN);
    StateDigest proven = found.equals(export.cursor().digest()) ? found : mend(partition, export);
    ViewCursor cursor = export.cursor();
    ViewCursor rebuilt = cursor.with(proven, PartTrust.rebuilt(cursor.sequence()));
    ProverWait.await(sides.parts().rebuilt(partition, rebuilt, export.frozenStores()));
    var at = new PartProof.At(partition, cursor.sequence(), export.nodeId());
    var nothing = PartProof.DifferingItems.NOTHING;
    return new PartProof(at, proven, cursor.digest(), nothing, nothing, true);
  }

  private void load(PartitionExport export) throws UnprovenException {
    PartLoad loading = new PartLoad(sides.parts());
    export.read(
        List.of(),
        page -> {
          loading.add(page);
          metrics.loaded(page.size());
        });
    loading.end();
  }

  /** Takes out what the export lacks, and reads all of the part once more. */
  private StateDigest mend(int partition, PartitionExport export) throws UnprovenException {
    try (ViewCut cut = sides.view().cut()) {
      new PartComparison(sides.part(cut, partition), export).differences(this::apply);
    }
    StateDigest found = digest(partition);
    if (!found.equals(export.cursor().digest())) {
      throw new UnprovenException(
          export.nodeId()
              + " exports other records than its digest says, at "
              + export.cursor().sequence());
    }
    correctTotals();
    return found;
  }

  private StateDigest digest(int partition) {
    try (ViewCut cut = sides.view().cut()) {
      return sides.part(cut, partition).digest();
    }
  }

  private void apply(List<Difference> differences) throws UnprovenException {
    Map<StockKey, StockLevel> changed = new HashMap<>();
    List<StockKey> removed = new ArrayList<>();
    for (Difference difference : differences) {
      StockLevel right = difference.stores();
      if (right == null) {
        removed.add(difference.item());
      } else {
        changed.put(difference.item(), right);
      }
    }
    ProverWait.await(sides.parts().load(changed, removed));
  }

  /** Makes all totals what the records of the stores add up to. */
  void correctTotals() throws UnprovenException {
    ProverWait.await(sides.parts().correctTotals(), TOTALS_WITHIN);
  }
}
