package dev.holdfast.common.domain;

/** One SKU of a reservation's event: the units that it is about, and the stock afterwards. */
public record LineChange(String sku, long quantity, StockLevel after) {}
