package dev.holdfast.common.domain;

/** A line of which less was held than asked for; none of it when it was left out. */
public record Shortfall(String sku, long requested, long granted) {}
