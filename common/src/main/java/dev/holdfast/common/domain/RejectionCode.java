package dev.holdfast.common.domain;

/** Why a command was decided against. Persisted by name through the codec. */
public enum RejectionCode {
  ITEM_NOT_FOUND,
  RESERVATION_NOT_FOUND,
  ITEM_EXISTS,
  RESERVATION_EXISTS,
  VERSION_CONFLICT,
  INSUFFICIENT_STOCK,
  QUANTITY_LIMIT
}
