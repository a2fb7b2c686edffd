package dev.holdfast.common.domain;

/** What can happen: one for each type of {@link Event} that has a format. */
public enum EventKind {
  ITEM_CREATED,
  STOCK_ADJUSTED,
  STOCK_RESERVED,
  RESERVATION_CONFIRMED,
  RESERVATION_RELEASED,
  COMMAND_REJECTED,
  RECEIPTS_EVICTED,
  STATE_DIGEST_RECORDED
}
