package dev.holdfast.aggregator.ingest;

/** A message and where it came from. */
public record Delivery(FeedLink link, FeedMessage message) implements InboxEntry {}
