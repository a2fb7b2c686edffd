package dev.holdfast.common.domain;

/** An idempotency key in the scope of its caller. */
public record ReceiptKey(String principal, String idempotencyKey) {}
