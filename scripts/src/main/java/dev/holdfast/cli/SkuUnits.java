package dev.holdfast.cli;

/** A SKU and its units as typed: {@code SKU=UNITS}. The last '=' divides: a SKU may hold one. */
public record SkuUnits(String sku, long units) {
  public static SkuUnits parse(String text) {
    int at = text.lastIndexOf('=');
    try {
      return new SkuUnits(
          text.substring(0, Math.max(at, 0)), Long.parseLong(text.substring(at + 1)));
    } catch (NumberFormatException e) {
      throw new UsageException("'" + text + "' is not SKU=UNITS, such as TEA-1=2");
    }
  }
}
