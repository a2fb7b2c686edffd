package dev.holdfast.aggregator.proof;

import dev.holdfast.aggregator.export.Exports;
import dev.holdfast.aggregator.ingest.PartWriter;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.ingest.ViewWriter;
import dev.holdfast.aggregator.source.FeedTails;
import dev.holdfast.common.partition.PartitionMap;

/** The collaborators of proofs and rebuilds. */
public record ProofParts(
    PartitionMap map,
    Exports exports,
    FeedTails tails,
    ViewProgress progress,
    ViewWriter writer,
    PartWriter parts) {

  /** The node that feeds a partition. */
  String feeder(int partition) {
    return tails.statuses().get(partition).nodeId();
  }
}
