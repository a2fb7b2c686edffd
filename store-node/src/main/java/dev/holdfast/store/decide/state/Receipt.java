package dev.holdfast.store.decide.state;

/** The receipt of an idempotency key: the event that answered it, and its payload's mark. */
public record Receipt(long sequence, long fingerprint) {}
