package dev.holdfast.cli.verify;

/** Units of a SKU, added up over stores. */
record Totals(long onHand, long reserved) {
  static final Totals NONE = new Totals(0, 0);

  Totals plus(Totals more) {
    return new Totals(onHand + more.onHand, reserved + more.reserved);
  }

  @Override
  public String toString() {
    return onHand + " on hand (" + reserved + " reserved)";
  }
}
