package dev.holdfast.aggregator;

import dev.holdfast.aggregator.ingest.ViewWriter;
import dev.holdfast.aggregator.source.FeedTails;

/** What runs once the cluster was found. Tails stop before the writer that they feed. */
record Following(FeedTails tails, ViewWriter writer) implements AutoCloseable {
  @Override
  public void close() {
    tails.stop();
    writer.stop();
  }
}
