package dev.holdfast.deploy.faults;

import dev.holdfast.cli.drill.report.PhaseRow;
import dev.holdfast.cli.drill.run.Companions;
import dev.holdfast.cli.drill.run.Drill;
import dev.holdfast.cli.drill.run.DrillPlan;
import dev.holdfast.cli.drill.run.DrillResult;
import dev.holdfast.deploy.cluster.NodeContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs drills on a cluster, and checks what a drill cannot see from outside. */
final class Drills {
  private static final Logger LOG = LoggerFactory.getLogger(Drills.class);
  private static final int CLIENTS = 20;
  private static final int BATCHING = 10;

  /** A drill that takes so much longer than its load has hung: it would wait for hours. */
  private static final Duration AROUND_MAX = Duration.ofMinutes(6);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ClusterLife life;
  private final Evidence evidence;

  Drills(ClusterLife life, Evidence evidence) {
    this.life = life;
    this.evidence = evidence;
  }

  DrillRun run(Fault fault, long seed, Duration time) throws InterruptedException {
    Site site = new Site(life.cluster(), life.equipment(), seed);
    Assault assault = new Assault(fault, site, time);
    List<NodeContainer> seen =
        fault.callers() == Fault.Callers.OF_ALL ? life.cluster().stores() : List.of(site.chosen());
    DrillPlan plan =
        new DrillPlan(
            seen.stream().map(life::endpoint).toList(), false, seed, CLIENTS, BATCHING, time);
    Consumer<String> progress = line -> LOG.info("{}: {}", fault.name(), line);
    Companions companions = companions(plan);
    Drill drill = new Drill(plan, life.equipment().callers(), progress);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      List<Long> terms = fault.unfelt() ? life.settledTerms() : List.of();
      DrillResult result =
          thread
              .submit(() -> patient(drill, fault).run(assault, companions))
              .get(time.plus(AROUND_MAX).toSeconds(), TimeUnit.SECONDS);
      List<PhaseRow> rows = PhaseRow.of(result);
      DrillRun run =
          new DrillRun(fault, seed, assault.blows(), result, rows, problems(fault, result, rows));
      return fault.unfelt() ? run.unfelt(terms, life.terms()) : run;
    } catch (ExecutionException | TimeoutException | RuntimeException | AssertionError e) {
      LOG.warn("{} with seed {} came to no end", fault.name(), seed, e);
      return DrillRun.withoutEnd(fault, seed, assault.blows(), e);
    } finally {
      thread.shutdownNow();
    }
  }

  /** Python's gRPC reads certificates once, and has no token. */
  private Companions companions(DrillPlan plan) {
    return life.setting() == Setting.SECURE ? Companions.NONE : evidence.companions(plan);
  }

  /** Where nothing may be felt, a call that waits for a busy machine must not look like it. */
  private static Drill patient(Drill drill, Fault fault) {
    return fault.unfelt() ? drill.withPatience(PATIENCE) : drill;
  }

  private List<String> problems(Fault fault, DrillResult result, List<PhaseRow> rows) {
    List<String> problems = new ArrayList<>();
    result.findings().forEach(finding -> problems.add(finding.toString()));
    double silence = DrillRun.silenceSeconds(rows);
    if (silence > fault.silenceMax().toSeconds()) {
      problems.add(
          "a partition had no decided write for %.1f s; the limit is %d s"
              .formatted(silence, fault.silenceMax().toSeconds()));
    }
    if (fault.setting().isRestless()) {
      life.makeWhole();
    }
    life.cluster().status().faults().forEach(why -> problems.add("a replica stopped: " + why));
    problems.addAll(life.unproven());
    return problems;
  }
}
