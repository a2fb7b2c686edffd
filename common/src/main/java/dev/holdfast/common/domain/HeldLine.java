package dev.holdfast.common.domain;

/** The units that a reservation holds of one SKU. */
public record HeldLine(String sku, long quantity) {}
