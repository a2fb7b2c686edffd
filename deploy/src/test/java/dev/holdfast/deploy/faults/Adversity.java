package dev.holdfast.deploy.faults;

import dev.holdfast.cli.drill.report.PhaseRow;
import dev.holdfast.cli.drill.report.Reports;
import dev.holdfast.cli.drill.run.Disturbance;
import dev.holdfast.cli.drill.run.Drill;
import dev.holdfast.cli.drill.run.DrillPlan;
import dev.holdfast.cli.drill.run.DrillResult;
import dev.holdfast.cli.drill.run.Timeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One drill through states of adversity, one after the other, each on a whole cluster: what each of
 * them costs in throughput and latency.
 */
final class Adversity implements Disturbance {
  static final int CLIENTS = 16;

  private static final int BATCHING = 2;
  private static final int TIMES_MORE_CALLERS = 9;
  private static final Duration SETTLING = Duration.ofSeconds(4);

  private final Site site;
  private final List<String> endpoints;
  private final Duration time;

  private Adversity(Site site, List<String> endpoints, Duration time) {
    this.site = site;
    this.endpoints = endpoints;
    this.time = time;
  }

  /**
   * Runs it, and writes its tables and the report of the drill; false when a promise was broken.
   */
  static boolean run(long seed, Duration time, Path directory) throws Exception {
    try (ClusterLife life = ClusterLife.begin(Setting.SHIMS)) {
      List<String> endpoints = life.cluster().stores().stream().map(life::endpoint).toList();
      Site site = new Site(life.cluster(), life.equipment(), seed);
      Adversity adversity = new Adversity(site, endpoints, time);
      DrillPlan plan = new DrillPlan(endpoints, false, seed, CLIENTS, BATCHING, time);
      DrillResult result = new Drill(plan, System.out::println).run(adversity);
      List<PhaseRow> rows = Reports.write(directory, result);
      List<String> problems = new ArrayList<>(life.unproven());
      result.findings().forEach(finding -> problems.add(finding.toString()));
      String table = markdown(rows);
      Files.writeString(directory.resolve("adversity.md"), table);
      System.out.print(table);
      problems.forEach(System.out::println);
      if (!problems.isEmpty()) {
        life.keepLogs(directory);
      }
      return problems.isEmpty();
    }
  }

  private static String markdown(List<PhaseRow> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| state | s | operations/s | p50 ms | p99 ms | refused before a decision % | unknown %"
            + " | s without writes |");
    lines.add("|---|---|---|---|---|---|---|---|");
    rows.forEach(row -> lines.add(line(row)));
    return String.join("\n", lines) + "\n";
  }

  private static String line(PhaseRow row) {
    double all = Math.max(1, row.operations().all());
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %s | %s | %.3f | %.3f | %.2f |",
        row.phase(),
        row.seconds(),
        row.pace().operationsPerSecond(),
        millis(row.pace().p50Millis()),
        millis(row.pace().p99Millis()),
        100 * row.operations().notTried() / all,
        100 * row.operations().unknown() / all,
        row.noWritesSeconds());
  }

  private static String millis(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.1f", value);
  }

  private Map<String, Blow> states() {
    Map<String, Blow> states = new LinkedHashMap<>();
    states.put("baseline", here -> () -> {});
    states.put(
        "a follower is gone", Blow.on(Victims.FOLLOWER, NodeActions::kill, NodeActions::start));
    states.put("a leader is killed, and back after 5 s", this::loseLeaderForAWhile);
    states.put("a leader's disk is slow", named("slow-disk"));
    states.put("no peer hears a leader", named("mute-leader"));
    states.put(
        "ten times as many callers",
        here -> Overload.start(endpoints, CLIENTS * TIMES_MORE_CALLERS)::close);
    states.put("a leader's clock is off by 10 minutes", named("clock-ahead"));
    states.put("rolling restart", named("rolling-restart"));
    states.put("baseline again", here -> () -> {});
    return states;
  }

  private static Blow named(String fault) {
    return Faults.named(List.of(fault)).get(0).blow();
  }

  private Blow.Healing loseLeaderForAWhile(Site here) {
    Blow.Healing healing =
        Blow.on(Victims.LEADER, NodeActions::kill, NodeActions::start).strike(here);
    here.wait(Duration.ofSeconds(5));
    healing.heal();
    return () -> {};
  }

  @Override
  public void strike(Timeline timeline) {
    site.wait(SETTLING);
    states().forEach((name, blow) -> pass(timeline, name, blow));
  }

  private void pass(Timeline timeline, String name, Blow blow) {
    long end = System.nanoTime() + time.toNanos();
    Timeline.Running state = timeline.begin(name);
    Blow.Healing healing = blow.strike(site);
    site.wait(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    state.close();
    healing.heal();
    site.makeWhole();
    site.wait(SETTLING);
  }
}
