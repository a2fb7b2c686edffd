package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.ingest.PartWriter;
import dev.holdfast.aggregator.ingest.RecordRun;
import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Records on their way into a part: one run is taken in while the next one comes. */
final class PartLoad {
  private final PartWriter writer;
  private final RecordRun run;
  private CompletableFuture<Void> takenIn = CompletableFuture.completedFuture(null);

  PartLoad(PartWriter writer) {
    this.writer = writer;
    this.run = writer.run();
  }

  void add(Map<StockKey, StockLevel> page) throws UnprovenException {
    page.forEach(run::add);
    if (run.isFull()) {
      pass();
    }
  }

  private void pass() throws UnprovenException {
    Path file = run.write();
    ProverWait.await(takenIn);
    takenIn = writer.takeIn(file);
  }

  /** Waits until all of it is in the part. */
  void end() throws UnprovenException {
    if (!run.isEmpty()) {
      pass();
    }
    ProverWait.await(takenIn);
  }
}
