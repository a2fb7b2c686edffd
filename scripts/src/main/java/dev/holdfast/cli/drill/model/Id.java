package dev.holdfast.cli.drill.model;

/** Names a reservation or a transfer of a store. */
record Id(String store, String name) {}
