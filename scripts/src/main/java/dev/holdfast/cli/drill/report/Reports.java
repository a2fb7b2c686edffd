package dev.holdfast.cli.drill.report;

import dev.holdfast.cli.drill.history.HistoryFile;
import dev.holdfast.cli.drill.run.DrillResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the report of a drill. */
public final class Reports {
  /** All calls and the log. */
  public static final String HISTORY = "history.jsonl.gz";

  private Reports() {}

  /**
   * Writes everything about a drill into a directory, which is created if necessary.
   *
   * @return the rows of its phases
   */
  public static List<PhaseRow> write(Path directory, DrillResult result) throws IOException {
    Files.createDirectories(directory);
    HistoryFile.write(directory.resolve(HISTORY), result.history(), result.log());
    return PhaseRow.of(result);
  }
}
