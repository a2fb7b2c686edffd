package dev.holdfast.cli.drill.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.cli.drill.check.Breach;
import dev.holdfast.cli.drill.check.Finding;
import dev.holdfast.cli.drill.check.ShortestPrefix;
import dev.holdfast.cli.drill.check.ShortestPrefix.Prefix;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.history.HistoryFile;
import dev.holdfast.cli.drill.run.DrillResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes the report of a drill. */
public final class Reports {
  /** For people. */
  public static final String PAGE = "report.html";

  /** The same for programs. */
  public static final String JSON = "report.json";

  /** All calls and the log. */
  public static final String HISTORY = "history.jsonl.gz";

  /** The shortest beginning of the history that shows a finding; only when there is one. */
  public static final String FAILING = "failing.jsonl.gz";

  private static final Duration SHORTEN_MAX = Duration.ofMinutes(2);

  private Reports() {}

  /**
   * Writes everything about a drill into a directory, which is created if necessary.
   *
   * @return the rows of its phases
   */
  public static List<PhaseRow> write(Path directory, DrillResult result) throws IOException {
    Files.createDirectories(directory);
    HistoryFile.write(directory.resolve(HISTORY), result.history(), result.log());
    Optional<Prefix> failing = failing(result);
    if (failing.isPresent()) {
      Prefix prefix = failing.get();
      HistoryFile.write(directory.resolve(FAILING), prefix.history(), prefix.log());
    }
    Measures measures = Measures.of(result);
    Report report = new Report(result, measures, measures.rows(), failing);
    Files.write(directory.resolve(JSON), JsonReport.of(report).getBytes(UTF_8));
    Files.write(directory.resolve(PAGE), HtmlReport.of(report).getBytes(UTF_8));
    return report.rows();
  }

  /** Of the finding that showed first. */
  private static Optional<Prefix> failing(DrillResult result) {
    return result.findings().stream()
        .filter(finding -> finding.breach() != Breach.UNDECIDED)
        .min(Comparator.comparingLong(Reports::end))
        .map(
            finding ->
                ShortestPrefix.of(
                    result.history(), result.log(), finding, result.settings(), SHORTEN_MAX));
  }

  private static long end(Finding finding) {
    return finding.calls().stream().mapToLong(Call::endNanos).max().orElse(Call.NEVER);
  }
}
