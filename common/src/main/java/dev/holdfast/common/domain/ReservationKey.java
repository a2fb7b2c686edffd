package dev.holdfast.common.domain;

/** One reservation in one store. */
public record ReservationKey(String store, String reservationId) {}
