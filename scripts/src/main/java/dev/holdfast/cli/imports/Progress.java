package dev.holdfast.cli.imports;

import java.io.PrintWriter;
import java.time.Duration;

/** Shows the progress of an import. */
interface Progress extends AutoCloseable {
  /**
   * Shows a state.
   *
   * @param bytesRead bytes of the file that have been read
   * @param note the reason why the import waits; empty while it runs
   */
  void show(long bytesRead, long linesDecided, String note);

  /** The interval between two calls of show. */
  Duration interval();

  @Override
  void close();

  /** Shows a bar on a terminal, otherwise a line every few seconds. */
  static Progress of(String task, long bytes, PrintWriter err) {
    return Boolean.getBoolean("holdfast.terminal") // scripts/holdfast knows
        ? new TerminalBar(task, bytes)
        : new ProgressLine(task, bytes, err);
  }
}
