package dev.holdfast.common.domain;

/** Why a quantity changed, and which sign that allows. */
public enum AdjustmentReason implements Numbered {
  RECEIVE(1, 1),
  SALE(2, -1),
  RETURN(3, 1),
  WRITE_OFF(4, -1),
  FOUND(5, 1),
  RECOUNT(6, 0);

  private static final ByNumber<AdjustmentReason> BY_NUMBER =
      new ByNumber<>("adjustment reason", values());

  private final int number;
  private final int sign;

  AdjustmentReason(int number, int sign) {
    this.number = number;
    this.sign = sign;
  }

  /** The constant of a number; an unknown one is an illegal argument. */
  public static AdjustmentReason of(int number) {
    return BY_NUMBER.of(number);
  }

  @Override
  public int number() {
    return number;
  }

  /** Whether a change by this amount can have this reason. */
  public boolean fits(long delta) {
    return sign == 0 || Long.signum(delta) == sign;
  }

  /** The sign a delta must have: 1, -1, or 0 for either. */
  public int sign() {
    return sign;
  }
}
