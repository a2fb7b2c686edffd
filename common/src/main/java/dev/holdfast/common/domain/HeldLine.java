package dev.holdfast.common.domain;

/** What a reservation holds of one SKU. */
public record HeldLine(String sku, long quantity) {}
