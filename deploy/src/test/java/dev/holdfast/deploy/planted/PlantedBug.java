package dev.holdfast.deploy.planted;

import java.util.List;

/**
 * One small edit that breaks one promise.
 *
 * @param module of the file
 * @param file the file's name, with folders before it when another main file of the module has it
 * @param text consecutive lines of the file, without indentation; they occur once
 * @param replacement the lines that take their place
 * @param tests the tests of which at least one must fail
 */
record PlantedBug(
    String id,
    String promise,
    String module,
    String file,
    List<String> text,
    List<String> replacement,
    List<Guard> tests) {
  /** A test class of a module, or one of its methods: {@code ReceiptsTest#shouldKeep}. */
  record Guard(String module, String test) {
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
