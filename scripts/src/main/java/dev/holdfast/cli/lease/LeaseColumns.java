package dev.holdfast.cli.lease;

import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.proto.inventory.v1.Lease;
import java.util.List;

/** The columns of a lease. */
final class LeaseColumns {
  static final List<Column<Lease>> ALL =
      List.of(
          new Column<>("store", Lease::getStore),
          new Column<>("sku", Lease::getSku),
          new Column<>("holder", Lease::getHolder),
          new Column<>("token", Lease::getToken),
          new Column<>("expires", lease -> Moments.text(lease.getExpiresMillis())));

  private LeaseColumns() {}
}
