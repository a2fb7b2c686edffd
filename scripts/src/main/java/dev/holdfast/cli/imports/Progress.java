package dev.holdfast.cli.imports;

import java.io.PrintWriter;
import java.time.Duration;

/** Shows the progress of an import. */
interface Progress extends AutoCloseable {
  /**
   * Shows a state.
   *
   * @param bytesRead of the file, which has {@code bytes}
   * @param note why it does not go on; empty while it does
   */
  void show(long bytesRead, long linesDecided, String note);

  /** How often to show. */
  Duration interval();

  @Override
  void close();

  /** A bar on a terminal, else a line every few seconds. */
  static Progress of(String task, long bytes, PrintWriter err) {
    return Boolean.getBoolean("holdfast.terminal") // scripts/holdfast knows
        ? new TerminalBar(task, bytes)
        : new ProgressLine(task, bytes, err);
  }
}
