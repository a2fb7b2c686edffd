package dev.holdfast.cli.drill;

import dev.holdfast.cli.CliCommand;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.OutputOptions.Section;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.drill.report.PhaseRow;
import dev.holdfast.cli.drill.report.Reports;
import dev.holdfast.cli.drill.run.Disturbance;
import dev.holdfast.cli.drill.run.Drill;
import dev.holdfast.cli.drill.run.DrillPlan;
import dev.holdfast.cli.drill.run.DrillResult;
import dev.holdfast.cli.output.Column;
import dev.holdfast.common.client.ClientSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast drill}. */
@Command(
    name = "drill",
    description = {
      "Proves the promises of a cluster while faults strike: many clients make calls of every kind"
          + " on few",
      "items, everything is recorded, and each answer is then checked against a reference model and"
          + " the log.",
      "",
      "Works in stores of its own (drill-...), on a cluster that may be in use, and removes them"
          + " afterwards,",
      "unless promises were broken. Removed items leave events in the log.",
      "",
      "Faults are shell commands of yours that break something and mend it again. They run in turn,"
          + " the first",
      "after --every seconds; one that fails, or takes longer than 5 minutes, fails the drill.",
      "",
      "Exit code: 0 when everything held; 1 when a promise was broken, the cluster did not come"
          + " back, or a",
      "fault failed; 2 usage error.",
    },
    footer = {
      "",
      "Examples:",
      "  holdfast drill",
      "  holdfast drill --endpoint db1:7101,db2:7101,db3:7101 --seconds 300 --clients 32",
      "  holdfast drill --fault 'leader killed=scripts/cluster kill node-a; sleep 5;"
          + " scripts/cluster start node-a'",
      "  holdfast drill --seconds 180 --every 30 --report drill-report --fault"
          + " 'stopped=scripts/cluster restart node-b' --fault 'disk lost=scripts/cluster kill"
          + " node-c; scripts/cluster wipe node-c; scripts/cluster start node-c'",
    })
public final class DrillCommand extends CliCommand implements Callable<Integer> {
  private static final int SECONDS_MAX = 86_400;

  /** One client of so many sends batches. */
  private static final int BATCHING = 4;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "time to call (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--clients",
      defaultValue = "16",
      description =
          "callers with one call in flight each; a quarter of them sends batches (default:"
              + " ${DEFAULT-VALUE})")
  private int clients;

  @Option(names = "--seed", description = "of the calls (default: a random one)")
  private @Nullable Long seed;

  @Option(
      names = "--fault",
      paramLabel = "[NAME=]COMMAND",
      description = "run this in a shell during the drill; may be given several times")
  private List<String> faults = List.of();

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "from one fault to the next (default: ${DEFAULT-VALUE})")
  private int everySeconds;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "write a page, the same as JSON, all calls with the log, and the output of the faults"
              + " here")
  private @Nullable Path report;

  @Override
  public Integer call() throws Exception {
    check();
    ClientSettings settings = connection.settings();
    DrillPlan plan =
        new DrillPlan(
            settings.endpoints(),
            settings.routeToLeaders(),
            seed == null ? ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE) : seed,
            clients,
            clients / BATCHING,
            Duration.ofSeconds(seconds));
    say("seed " + plan.seed());
    DrillResult result = new Drill(plan, settings.security(), this::say).run(disturbance());
    print(result, report == null ? PhaseRow.of(result) : Reports.write(report, result));
    return result.isClean() ? 0 : 1;
  }

  private void print(DrillResult result, List<PhaseRow> rows) {
    List<Column<PhaseRow>> columns = new ArrayList<>(PhaseRow.COLUMNS);
    if (!output.isTable()) {
      columns.addAll(PhaseRow.MORE_COLUMNS);
    }
    output.section(new Section<>("phase", "Phases", columns), rows);
    if (!result.isClean()) {
      List<FindingRow> findings = FindingRow.of(result);
      output.section(new Section<>("finding", "Findings", FindingRow.COLUMNS), findings);
    }
    String held = result.isClean() ? "everything held" : result.findings().size() + " findings";
    say(result.operations() + " operations checked: " + held);
  }

  private void check() {
    UsageException.requireRange("--seconds", seconds, 1, SECONDS_MAX);
    UsageException.requireRange("--clients", clients, 1, 1_000);
    UsageException.requireRange("--every", everySeconds, 1, SECONDS_MAX);
    for (String fault : faults) {
      if (Fault.parse(fault).command().isEmpty()) {
        throw new UsageException("--fault has no command: '" + fault + "'");
      }
    }
    long needed = (faults.size() + 1L) * everySeconds;
    if (!faults.isEmpty() && seconds < needed) {
      String what = "--seconds must be at least %d for %d fault(s) every %d seconds, was %d";
      throw new UsageException(what.formatted(needed, faults.size(), everySeconds, seconds));
    }
  }

  private Disturbance disturbance() throws IOException {
    if (report != null) {
      Files.createDirectories(report);
    }
    if (faults.isEmpty()) {
      return Disturbance.NONE;
    }
    Path output = report == null ? temporary() : report.resolve("faults.log");
    return new Faults(
        faults.stream().map(Fault::parse).toList(),
        Duration.ofSeconds(everySeconds),
        Duration.ofSeconds(seconds),
        output);
  }

  private static Path temporary() throws IOException {
    Path file = Files.createTempFile("holdfast-drill-", ".log");
    file.toFile().deleteOnExit();
    return file;
  }

  private void say(String text) {
    err().println(text);
  }
}
