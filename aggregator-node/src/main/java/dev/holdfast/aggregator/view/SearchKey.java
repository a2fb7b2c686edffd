package dev.holdfast.aggregator.view;

/** A key by which history is found. The numbers are persisted. */
public enum SearchKey {
  REFERENCE(1),
  REQUEST(2),
  /** A reservation or a transfer. */
  RESERVATION(3),
  /** All that was refused. */
  REFUSED(4),
  /** All by which an item ran out. */
  RAN_OUT(5);

  private final int number;

  SearchKey(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
