package dev.holdfast.common.domain;

/** Units of one SKU on their way. */
public record MovedLine(String sku, long quantity) {}
