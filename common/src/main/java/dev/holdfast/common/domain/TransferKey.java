package dev.holdfast.common.domain;

/** One transfer, by the store that ships it. */
public record TransferKey(String store, String transferId) {}
