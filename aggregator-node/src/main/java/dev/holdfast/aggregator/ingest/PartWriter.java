package dev.holdfast.aggregator.ingest;

import dev.holdfast.aggregator.deadletter.DeadLetters;
import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.view.PartTrust;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.failpoint.FailPoint;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Replaces a partition's part of the view, step by step, between the writes of the others. The
 * partition has to be paused meanwhile. Steps are handed to the writer thread, in order.
 */
public final class PartWriter {
  private static final int SKUS_PER_STEP = 20_000;

  private final ViewWriter writer;
  private final ViewProgress progress;
  private final PartStorage storage;
  private final DeadLetters letters;

  public PartWriter(
      ViewWriter writer, ViewProgress progress, PartStorage storage, DeadLetters letters) {
    this.writer = writer;
    this.progress = progress;
    this.storage = storage;
    this.letters = letters;
  }

  private CompletableFuture<Void> submit(Runnable step) {
    return writer
        .submit(
            () -> {
              step.run();
              return true;
            })
        .thenApply(done -> null);
  }

  /** The part is found to differ; it is not trusted from now on. */
  public CompletableFuture<Void> violated(DigestCheck check, List<Difference> differences) {
    String why = "it differs from the stores, as reading all records at %d showed";
    return submit(
        () -> {
          ViewCursor cursor = progress.of(check.partition()).cursor();
          PartTrust distrusted = cursor.trust().distrusted(why.formatted(check.sequence()));
          storage.violated(check, cursor.with(distrusted), differences);
          progress.moved(check.partition(), cursor.with(distrusted));
        });
  }

  /** Keeps what differs with the open violations of the partition. */
  public CompletableFuture<Void> named(int partition, List<Difference> differences) {
    return submit(() -> storage.named(partition, differences));
  }

  /** The part is replaced from now on; a crash before its end starts it anew. */
  public CompletableFuture<Void> begin(int partition, String why) {
    return submit(
        () -> {
          ViewCursor cursor = progress.of(partition).cursor();
          ViewCursor rebuilding = cursor.with(cursor.trust().rebuilding(why));
          storage.rebuilding(partition, rebuilding);
          FailPoint.REBUILD_BEGUN.reach();
          progress.moved(partition, rebuilding);
        });
  }

  /** A run of records for {@link #takeIn}. */
  public RecordRun run() {
    return storage.run();
  }

  /** Takes the file of a run in; totals follow later. */
  public CompletableFuture<Void> takeIn(Path file) {
    return submit(() -> storage.takeIn(file));
  }

  /** Sets and removes records, few of them; totals follow later. */
  public CompletableFuture<Void> load(
      Map<StockKey, StockLevel> records, Collection<StockKey> removed) {
    return submit(() -> storage.load(records, removed));
  }

  /** Makes all totals what the records of the stores add up to, some SKUs a step. */
  public CompletableFuture<Void> correctTotals() {
    return correctTotals("");
  }

  private CompletableFuture<Void> correctTotals(String afterSku) {
    return writer
        .submit(() -> storage.correctTotals(afterSku, SKUS_PER_STEP))
        .thenCompose(
            step ->
                step.isLast()
                    ? CompletableFuture.completedFuture(null)
                    : correctTotals(step.lastSku()));
  }

  /** The part is replaced, proven, and stands on a cursor. */
  public CompletableFuture<Void> rebuilt(
      int partition, ViewCursor cursor, Set<String> frozenStores) {
    return submit(
        () -> {
          DeadLetters.Write superseded = letters.superseded(partition, cursor.sequence());
          storage.rebuilt(partition, cursor, frozenStores, superseded.update());
          FailPoint.PART_REPLACED.reach();
          superseded.stored();
          progress.moved(partition, cursor);
        });
  }
}
