package dev.holdfast.deploy;

/**
 * An import, as paths in the tools container.
 *
 * @param operations what to import, as tab-separated text, gzipped
 * @param expected gzipped CSV: store, sku, opening, expected_final; holds the opening too
 * @param rate lines a second, so that the import is not over before all faults have struck
 */
record ImportFiles(String operations, String expected, int rate) {
  String[] command() {
    return new String[] {
      "import",
      "--preset",
      "online-retail",
      "--opening",
      expected,
      operations,
      "--rate",
      Integer.toString(rate),
      "-o",
      "csv"
    };
  }
}
