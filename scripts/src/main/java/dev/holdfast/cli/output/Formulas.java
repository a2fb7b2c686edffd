package dev.holdfast.cli.output;

/**
 * Neutralises text that a spreadsheet would run as a formula: a SKU or a reference may come from a
 * stranger. A leading apostrophe makes it text. Plain CSV stays exact, as programs read it.
 */
final class Formulas {
  private static final String STARTS = "=+-@\t\r";

  private Formulas() {}

  static String disarm(String text) {
    return !text.isEmpty() && STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
