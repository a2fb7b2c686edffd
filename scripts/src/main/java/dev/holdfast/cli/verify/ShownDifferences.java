package dev.holdfast.cli.verify;

import java.io.PrintWriter;

/** Counts differences and shows the first ones. */
final class ShownDifferences {
  private static final int SHOWN_MAX = 20;

  private final PrintWriter err;
  private long count;

  ShownDifferences(PrintWriter err) {
    this.err = err;
  }

  void add(String what, String one, String other) {
    count++;
    if (count <= SHOWN_MAX) {
      err.println(what + ": " + one + ", " + other);
    } else if (count == SHOWN_MAX + 1) {
      err.println("more differences are only counted");
    }
  }

  long count() {
    return count;
  }
}
