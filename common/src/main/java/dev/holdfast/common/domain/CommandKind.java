package dev.holdfast.common.domain;

/** What a caller can ask for. Persisted by name through the codec. */
public enum CommandKind {
  CREATE_ITEM,
  ADJUST_STOCK,
  RESERVE,
  CONFIRM_RESERVATION,
  RELEASE_RESERVATION
}
