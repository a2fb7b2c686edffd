package dev.holdfast.aggregator.ingest;

/** Work that the writer takes from its inbox. */
sealed interface InboxEntry permits Delivery, WriterTask {}
