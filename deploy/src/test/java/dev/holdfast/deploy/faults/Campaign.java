package dev.holdfast.deploy.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one drill for each fault, on as few clusters as possible: a fresh one for each setting, and
 * after every failure.
 */
final class Campaign implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Campaign.class);

  private final Duration load;
  private final Evidence evidence;
  private final List<DrillRun> runs = new ArrayList<>();
  private @Nullable ClusterLife life;

  Campaign(Duration load, Evidence evidence) {
    this.load = load;
    this.evidence = evidence;
  }

  List<DrillRun> runs() {
    return runs;
  }

  DrillRun run(Fault fault, long seed) throws IOException, InterruptedException {
    ClusterLife cluster = lifeIn(fault.setting());
    LOG.info("{} begins, seed {}: {}", fault.name(), seed, fault.text());
    DrillRun run = new Drills(cluster).run(fault, seed, load);
    runs.add(run);
    evidence.tell(run);
    if (!run.held()) {
      evidence.keep(run, cluster);
      close();
    }
    return run;
  }

  private ClusterLife lifeIn(Setting setting) {
    ClusterLife current = life;
    if (current == null || current.setting() != setting) {
      close();
      current = ClusterLife.begin(setting);
      life = current;
    }
    return current;
  }

  @Override
  public void close() {
    ClusterLife was = life;
    life = null;
    if (was != null) {
      was.close();
    }
  }
}
