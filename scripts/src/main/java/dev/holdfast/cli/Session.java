package dev.holdfast.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * The outputs of a command: results go to {@code out}, everything else to {@code err}. A result
 * that cannot be written ends the command with a {@link LostOutputException}. Always UTF-8,
 * whatever the locale.
 */
public record Session(PrintWriter out, PrintWriter err) {
  static Session ofProcess() {
    return of(new FileOutputStream(FileDescriptor.out), System.err);
  }

  static Session of(OutputStream out, OutputStream err) {
    return new Session(
        new PrintWriter(new CheckedOutput(out), false, StandardCharsets.UTF_8),
        new PrintWriter(err, true, StandardCharsets.UTF_8));
  }
}
