package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.export.ExportClient;
import dev.holdfast.aggregator.export.PartitionExport;
import dev.holdfast.aggregator.ingest.PartWriter;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.ingest.ViewWriter;
import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.aggregator.source.FeedTails;
import dev.holdfast.aggregator.view.PartTrust;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewReader;
import dev.holdfast.common.partition.PartitionMap;

/**
 * The two sides of a proof: the view, which is written here, and the store nodes, which export.
 * Callers wait.
 */
public record ViewAndStores(
    PartitionMap map,
    ExportClient exports,
    FeedTails tails,
    ViewReader view,
    ViewProgress progress,
    ViewWriter writer,
    PartWriter parts) {
  PartTrust trust(int partition) {
    return progress.of(partition).cursor().trust();
  }

  /** Why nothing more of a partition is applied; empty when it is. */
  String paused(int partition) {
    return progress.of(partition).paused();
  }

  /** Keeps a partition where it is; to be resumed. */
  ViewCursor pause(int partition) throws UnprovenException {
    return ProverWait.await(writer.pause(partition));
  }

  /** Lets a partition go on, unless it is half replaced. */
  void resume(int partition) {
    var unused = writer.resume(partition);
  }

  /**
   * Opens an export of a partition, on the node that feeds it if that can.
   *
   * @param tries that failed before; each makes another node the first
   */
  PartitionExport export(int partition, long minSequence, int tries) throws UnprovenException {
    String feeder = tails.statuses().get(partition).nodeId();
    return exports.open(partition, minSequence, feeder, tries);
  }

  ViewPart part(ViewCut cut, int partition) {
    return new ViewPart(cut, map, partition);
  }
}
