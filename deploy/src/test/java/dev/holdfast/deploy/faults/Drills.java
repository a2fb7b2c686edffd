package dev.holdfast.deploy.faults;

import dev.holdfast.cli.drill.run.Drill;
import dev.holdfast.cli.drill.run.DrillPlan;
import dev.holdfast.cli.drill.run.DrillResult;
import dev.holdfast.deploy.cluster.NodeContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs drills on a cluster, and checks what a drill cannot see from outside. */
final class Drills {
  private static final Logger LOG = LoggerFactory.getLogger(Drills.class);
  private static final int CLIENTS = 12;
  private static final int BATCHING = 3;

  private final ClusterLife life;

  Drills(ClusterLife life) {
    this.life = life;
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
    try {
      DrillResult result = new Drill(plan, progress).run(assault);
      Duration silence = Silence.longest(result.history());
      return new DrillRun(
          fault, seed, assault.blows(), result, silence, problems(fault, result, silence));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      LOG.warn("{} with seed {} came to no end", fault.name(), seed, e);
      return new DrillRun(
          fault, seed, assault.blows(), null, Duration.ZERO, List.of("no end: " + e));
    }
  }

  private List<String> problems(Fault fault, DrillResult result, Duration silence) {
    List<String> problems = new ArrayList<>();
    result.findings().forEach(finding -> problems.add(finding.toString()));
    if (silence.compareTo(fault.silenceMax()) > 0) {
      problems.add(
          "a partition had no acknowledged write for %.1f s; the limit is %d s"
              .formatted(silence.toMillis() / 1000.0, fault.silenceMax().toSeconds()));
    }
    life.cluster()
        .status()
        .faults()
        .forEach(stopped -> problems.add("a replica stopped: " + stopped));
    problems.addAll(life.unproven());
    return problems;
  }
}
