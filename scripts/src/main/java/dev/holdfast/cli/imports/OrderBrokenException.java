package dev.holdfast.cli.imports;

/** A server decided a movement before an earlier movement of the same item. */
final class OrderBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OrderBrokenException(FileMovement movement) {
    super(
        "line %d (store '%s', SKU '%s') was decided before an earlier line of the same item"
            .formatted(movement.line(), movement.item().store(), movement.item().sku()));
  }
}
