package dev.holdfast.deploy.faults;

import dev.holdfast.cli.drill.report.Reports;
import dev.holdfast.cli.drill.run.Companions;
import dev.holdfast.cli.drill.run.DrillPlan;
import dev.holdfast.cli.drill.run.DrillResult;
import dev.holdfast.cli.drill.run.Timeline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints what runs found, and keeps in a directory what failures left behind. */
final class Evidence {
  private static final int PYTHON_CALLERS = 1;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Path directory;
  private final PrintStream out;
  private final @Nullable PythonStubs stubs;

  /** Callers in Python take part where this machine has Python and its gRPC. */
  Evidence(Path directory, PrintStream out) throws IOException, InterruptedException {
    this.directory = directory;
    this.out = out;
    Files.createDirectories(directory);
    stubs =
        PythonStubs.areAvailable() ? PythonStubs.generate(directory.resolve("python-stubs")) : null;
    if (stubs == null) {
      out.println("without callers in Python: scripts/check/ensure-client-languages installs it");
    }
  }

  /** Those who call beside a drill. */
  Companions companions(DrillPlan plan) {
    return stubs == null
        ? Companions.NONE
        : new PythonCallers(
            stubs, directory.resolve("python"), plan.endpoints(), plan.seed(), PYTHON_CALLERS);
  }

  void tell(DrillRun run) {
    out.printf(
        Locale.ROOT,
        "%-28s seed %-8d %2d blows %8d operations %6d not tried %6d unknown"
            + " %5.1f s without writes  %s%n",
        run.fault().name(),
        run.seed(),
        run.blows(),
        run.operations().all(),
        run.operations().notTried(),
        run.operations().unknown(),
        run.silenceSeconds(),
        run.held() ? "held" : "FAILED");
    run.problems().forEach(problem -> out.println("  " + problem));
    out.flush();
  }

  /** Keeps the logs of a cluster's containers at its end. */
  void keepLogs(ClusterLife life, int number) throws IOException {
    life.keepLogs(directory.resolve("logs").resolve(number + "-" + life.setting()));
  }

  /** Keeps the logs of all containers, and the drill's own report with its history. */
  void keep(DrillRun run, ClusterLife life) throws IOException {
    Path place = directory.resolve("failures").resolve(run.fault().name() + "-" + run.seed());
    life.keepLogs(place);
    Files.write(place.resolve("problems.txt"), run.problems());
    DrillResult result = run.result();
    if (result != null) {
      List<String> timeline = timeline(result);
      timeline.forEach(line -> out.println("  " + line));
      Files.write(place.resolve("timeline.txt"), timeline);
      Reports.write(place, result);
    }
    out.println("  kept in " + place.toAbsolutePath());
  }

  private static List<String> timeline(DrillResult result) {
    return result.phases().stream().map(phase -> line(phase, result.beginNanos())).toList();
  }

  private static String line(Timeline.Phase phase, long beginNanos) {
    return String.format(
        Locale.ROOT,
        "%7.1f to %7.1f s  %s",
        (phase.beginNanos() - beginNanos) / NANOS_PER_SECOND,
        (phase.endNanos() - beginNanos) / NANOS_PER_SECOND,
        phase.name());
  }
}
