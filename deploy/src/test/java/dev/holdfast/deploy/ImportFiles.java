package dev.holdfast.deploy;

import java.util.ArrayList;
import java.util.List;

/**
 * An import, as paths in the tools container.
 *
 * @param operations what to import, as tab-separated text, gzipped
 * @param expected gzipped CSV: store, sku, opening, expected_final; holds the opening too
 * @param rate lines a second, so that the import is not over before all faults have struck
 */
record ImportFiles(String operations, String expected, int rate) {
  /** As fast as it goes. */
  String[] command() {
    return new String[] {
      "import", "--preset", "online-retail", "--opening", expected, operations, "-o", "csv"
    };
  }

  /** At the rate. */
  String[] pacedCommand() {
    List<String> arguments = new ArrayList<>(List.of(command()));
    arguments.addAll(List.of("--rate", Integer.toString(rate)));
    return arguments.toArray(String[]::new);
  }
}
