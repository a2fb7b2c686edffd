package dev.holdfast.cli.drill.model;

/** Names one SKU in one store. */
record Item(String store, String sku) {}
