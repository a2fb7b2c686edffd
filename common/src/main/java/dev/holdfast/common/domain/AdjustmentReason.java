package dev.holdfast.common.domain;

/** Why a quantity changed, and which sign that allows. Persisted by name through the codec. */
public enum AdjustmentReason {
  RECEIVE(1),
  SALE(-1),
  RETURN(1),
  WRITE_OFF(-1),
  FOUND(1),
  RECOUNT(0);

  private final int sign;

  AdjustmentReason(int sign) {
    this.sign = sign;
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
