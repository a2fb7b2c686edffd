package dev.holdfast.deploy.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs drills on as few clusters as possible: a fresh one for each setting, and after every
 * failure. Every few drills, and before a cluster ends, its replicas are compared.
 */
final class Campaign {
  private static final Logger LOG = LoggerFactory.getLogger(Campaign.class);
  private static final int DRILLS_PER_COMPARISON = 6;

  private final Duration load;
  private final Evidence evidence;
  private final List<DrillRun> runs = new ArrayList<>();
  private @Nullable ClusterLife life;
  private int uncompared;
  private int ended;

  Campaign(Duration load, Evidence evidence) {
    this.load = load;
    this.evidence = evidence;
  }

  List<DrillRun> runs() {
    return runs;
  }

  void run(Fault fault, long seed) throws IOException, InterruptedException {
    ClusterLife cluster = lifeIn(fault.setting());
    LOG.info("{} begins, seed {}: {}", fault.name(), seed, fault.text());
    DrillRun run = new Drills(cluster, evidence).run(fault, seed, load);
    runs.add(run);
    uncompared++;
    evidence.tell(run);
    if (!run.held()) {
      evidence.keep(run, cluster);
      end(cluster);
    }
  }

  private ClusterLife lifeIn(Setting setting) throws IOException {
    if (life != null && uncompared >= DRILLS_PER_COMPARISON) {
      compare(life);
    }
    if (life != null && life.setting() != setting) {
      finish();
    }
    if (life == null) {
      life = ClusterLife.begin(setting);
    } else if (uncompared == 0) {
      life.makeWhole(); // the comparison has stopped it
    }
    return life;
  }

  /** A difference counts against every drill since the last comparison. */
  private void compare(ClusterLife cluster) throws IOException {
    List<String> differences = cluster.differences();
    List<DrillRun> suspects = runs.subList(runs.size() - uncompared, runs.size());
    uncompared = 0;
    if (differences.isEmpty()) {
      suspects.replaceAll(DrillRun::withoutResult);
    } else {
      suspects.replaceAll(run -> run.with(String.join("; ", differences)));
      for (DrillRun suspect : suspects) {
        evidence.tell(suspect);
        evidence.keep(suspect, cluster);
      }
      end(cluster);
    }
  }

  /** Compares the replicas of the last cluster, and removes it. */
  void finish() throws IOException {
    if (life != null && uncompared > 0) {
      compare(life);
    }
    if (life != null) {
      end(life);
    }
  }

  private void end(ClusterLife cluster) throws IOException {
    life = null;
    uncompared = 0;
    evidence.keepLogs(cluster, ++ended);
    runs.replaceAll(DrillRun::withoutResult);
    cluster.close();
  }
}
