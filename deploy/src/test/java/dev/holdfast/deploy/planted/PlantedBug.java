package dev.holdfast.deploy.planted;

import java.util.List;

/**
 * One small edit that breaks one promise.
 *
 * @param area the heading above it
 * @param module of the file
 * @param file the file's name, with folders before it when another file of the module has it
 * @param text consecutive lines of the file, without indentation; they occur once
 * @param replacement the lines that take their place
 * @param tests the tests of which at least one must fail
 */
record PlantedBug(
    String area,
    String id,
    String promise,
    String module,
    String file,
    List<String> text,
    List<String> replacement,
    List<Guard> tests) {
  /**
   * A test class of a module, or one of its methods: {@code ReceiptsTest#shouldKeep}.
   *
   * @param mayHang whether it has noticed a bug as well when it does not end
   */
  record Guard(String module, String test, boolean mayHang) {
    /** The class without its package. */
    String className() {
      return test.replaceFirst("#.*", "");
    }

    /** What follows the class: "#method", or nothing. */
    String method() {
      return test.substring(className().length());
    }

    /** The same test, whatever a row makes of its end. */
    Guard plain() {
      return new Guard(module, test, false);
    }

    @Override
    public String toString() {
      return module + "/" + test;
    }
  }

  PlantedBug {
    text = List.copyOf(text);
    replacement = List.copyOf(replacement);
    tests = List.copyOf(tests);
    if (id.isEmpty() || promise.isEmpty() || file.isEmpty() || text.isEmpty() || tests.isEmpty()) {
      throw new IllegalArgumentException("a planted bug needs all of its lines: " + id);
    }
  }
}
