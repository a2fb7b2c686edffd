package dev.holdfast.cli.sample;

import java.time.LocalDateTime;

/**
 * One movement.
 *
 * @param units always positive; the operation says in which direction
 */
record SampleLine(Order order, String sku, Operation operation, int units) {

  /** The fields that the lines of one invoice share. */
  record Order(String invoice, LocalDateTime at, String store) {}

  /** The kind of a movement; the data have no finer kinds. */
  enum Operation {
    SALE(-1),
    RETURN(1),
    WRITE_OFF(-1),
    FOUND(1);

    private final int sign;

    Operation(int sign) {
      this.sign = sign;
    }
  }

  long delta() {
    return (long) operation.sign * units;
  }
}
