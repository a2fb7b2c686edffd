package dev.holdfast.deploy.faults;

import dev.holdfast.cli.drill.history.HistoryFile;
import dev.holdfast.cli.drill.run.DrillResult;
import dev.holdfast.cli.drill.run.Timeline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prints what runs found, and keeps in a directory what failures left behind. */
final class Evidence {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Path directory;
  private final PrintStream out;

  Evidence(Path directory, PrintStream out) {
    this.directory = directory;
    this.out = out;
  }

  void tell(DrillRun run) {
    out.printf(
        "%-28s seed %-8d %2d blows %7d operations %5d refused %5d unknown %5.1f s without writes  %s%n",
        run.fault().name(),
        run.seed(),
        run.blows(),
        run.operations(),
        run.refused(),
        run.unknown(),
        run.silence().toMillis() / 1000.0,
        run.held() ? "held" : "FAILED");
    run.problems().forEach(problem -> out.println("  " + problem));
    out.flush();
  }

  void keep(DrillRun run, ClusterLife life) throws IOException {
    Path place = directory.resolve("failures").resolve(run.fault().name() + "-" + run.seed());
    life.keepLogs(place);
    Files.write(place.resolve("problems.txt"), run.problems());
    DrillResult result = run.result();
    if (result != null) {
      List<String> timeline = timeline(result);
      timeline.forEach(line -> out.println("  " + line));
      Files.write(place.resolve("timeline.txt"), timeline);
      HistoryFile.write(place.resolve("history.json.gz"), result.history(), result.log());
    }
    out.println("  kept in " + place);
  }

  private static List<String> timeline(DrillResult result) {
    List<String> lines = new ArrayList<>();
    for (Timeline.Phase phase : result.phases()) {
      lines.add(
          "%7.1f to %7.1f s  %s"
              .formatted(
                  (phase.beginNanos() - result.beginNanos()) / NANOS_PER_SECOND,
                  (phase.endNanos() - result.beginNanos()) / NANOS_PER_SECOND,
                  phase.name()));
    }
    return lines;
  }
}
