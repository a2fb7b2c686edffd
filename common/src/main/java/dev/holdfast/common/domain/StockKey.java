package dev.holdfast.common.domain;

/** One SKU in one store. */
public record StockKey(String store, String sku) {}
