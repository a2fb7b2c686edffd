package dev.holdfast.aggregator.ingest;

/** The subscription that a message came from, as the writer sees it. For the writer thread. */
public interface FeedLink {
  int partition();

  /** The message is dealt with; its room in the feed window is free again. */
  void consumed(FeedMessage message);

  /** The subscription sent what cannot be applied: it has to end, and start anew elsewhere. */
  void refuse(FeedDefect defect);

  /** Whether it was refused; what it sent after that is ignored. */
  boolean isRefused();
}
