package dev.holdfast.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where a command prints: results to {@code out}, all else to {@code err}. */
public record Session(PrintWriter out, PrintWriter err) {
  static Session ofProcess() {
    return new Session(
        new PrintWriter(System.out, false, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }
}
