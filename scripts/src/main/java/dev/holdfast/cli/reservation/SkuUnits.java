package dev.holdfast.cli.reservation;

import dev.holdfast.cli.UsageException;
import dev.holdfast.proto.inventory.v1.HeldQuantity;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import java.util.List;

/** A line as typed: {@code SKU=UNITS}. */
record SkuUnits(String sku, long units) {
  /** The last '=' divides: a SKU may hold one. */
  static SkuUnits parse(String text) {
    int at = text.lastIndexOf('=');
    try {
      return new SkuUnits(
          text.substring(0, Math.max(at, 0)), Long.parseLong(text.substring(at + 1)));
    } catch (NumberFormatException e) {
      throw new UsageException("'" + text + "' is not SKU=UNITS, such as TEA-1=2");
    }
  }

  static List<ReservationLine> lines(List<String> texts) {
    return texts.stream()
        .map(SkuUnits::parse)
        .map(line -> ReservationLine.newBuilder().setSku(line.sku).setQuantity(line.units).build())
        .toList();
  }

  static List<HeldQuantity> quantities(List<String> texts) {
    return texts.stream()
        .map(SkuUnits::parse)
        .map(line -> HeldQuantity.newBuilder().setSku(line.sku).setQuantity(line.units).build())
        .toList();
  }
}
