package dev.holdfast.common.domain;

/** The kinds of commands to a store, including those of its leader and of other partitions. */
public enum CommandKind implements Numbered {
  CREATE_ITEM(1),
  ADJUST_STOCK(2),
  RESERVE(3),
  CONFIRM_RESERVATION(4),
  RELEASE_RESERVATION(5),
  EXTEND_RESERVATION(6),
  REPLACE_RESERVATION(7),
  /** Asked by the leader of itself. */
  EXPIRE_RESERVATION(8),
  SET_SAFETY_STOCK(10),
  SET_ITEM_FROZEN(11),
  DELETE_ITEM(12),
  SET_STORE_FROZEN(13),
  COUNT_STOCK(14),
  SUBMIT_ORDER(15),
  ACQUIRE_LEASE(16),
  RENEW_LEASE(17),
  RELEASE_LEASE(18),
  SHIP_TRANSFER(20),
  RECEIVE_TRANSFER(21),
  CANCEL_TRANSFER(22),
  CREDIT_TRANSFER(23),
  SETTLE_HANDOVER(24);

  private static final ByNumber<CommandKind> BY_NUMBER = new ByNumber<>("command kind", values());

  private final int number;

  CommandKind(int number) {
    this.number = number;
  }

  /**
   * The constant of a number.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static CommandKind of(int number) {
    return BY_NUMBER.of(number);
  }

  @Override
  public int number() {
    return number;
  }
}
