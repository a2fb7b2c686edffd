package dev.holdfast.common.domain;

/**
 * What can be asked of a store, also by its leader or another partition. Persisted by name through
 * the codec.
 */
public enum CommandKind {
  CREATE_ITEM,
  ADJUST_STOCK,
  RESERVE,
  CONFIRM_RESERVATION,
  RELEASE_RESERVATION,
  EXTEND_RESERVATION,
  REPLACE_RESERVATION,
  /** Asked by the leader of itself. */
  EXPIRE_RESERVATION,
  SET_SAFETY_STOCK,
  SET_ITEM_FROZEN,
  DELETE_ITEM,
  SET_STORE_FROZEN,
  COUNT_STOCK,
  SUBMIT_ORDER,
  ACQUIRE_LEASE,
  RENEW_LEASE,
  RELEASE_LEASE,
  SHIP_TRANSFER,
  RECEIVE_TRANSFER,
  CANCEL_TRANSFER,
  CREDIT_TRANSFER,
  SETTLE_HANDOVER
}
