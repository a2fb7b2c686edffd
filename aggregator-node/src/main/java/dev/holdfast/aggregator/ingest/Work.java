package dev.holdfast.aggregator.ingest;

/** What the writer takes from its inbox. */
sealed interface Work permits Delivery, WriterTask {}
