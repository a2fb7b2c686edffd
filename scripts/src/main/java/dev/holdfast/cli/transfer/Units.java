package dev.holdfast.cli.transfer;

import dev.holdfast.cli.UsageException;

/** A SKU and its units, as {@code SKU=UNITS}. The last '=' divides: a SKU may hold one. */
record Units(String sku, long quantity) {
  static Units of(String text) {
    int at = text.lastIndexOf('=');
    try {
      return new Units(text.substring(0, Math.max(at, 0)), Long.parseLong(text.substring(at + 1)));
    } catch (NumberFormatException e) {
      throw new UsageException("'" + text + "' is not SKU=UNITS, such as TEA-1=2");
    }
  }
}
