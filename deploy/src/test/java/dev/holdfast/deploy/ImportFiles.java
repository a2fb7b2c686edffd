package dev.holdfast.deploy;

/**
 * An import, as paths in the tools container.
 *
 * @param operations what to import, as tab-separated text, gzipped
 * @param expected gzipped CSV: store, sku, opening, expected_final; holds the opening too
 */
record ImportFiles(String operations, String expected) {
  String[] command() {
    return new String[] {
      "import", "--preset", "online-retail", "--opening", expected, operations, "-o", "csv"
    };
  }
}
