package dev.holdfast.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.deploy.SystemTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every build's share of the fault suite: a few faults of different kinds, a short drill each.
 * {@code scripts/check/faults} runs all, for as long as one likes.
 */
@SystemTest
class FaultsIT {
  private static final Duration LOAD = Duration.ofSeconds(8);
  private static final long SEED = 20_261_130;
  private static final List<String> NAMES =
      List.of(
          "kill-leader",
          "pause-leader",
          "mute-leader",
          "cut-leader-with-callers",
          "lost-disk",
          "rotate-node-certificates");

  @Test
  void shouldKeepEveryPromiseWhileFaultsStrike() throws Exception {
    Evidence evidence = new Evidence(Path.of("target", "faults-in-build"), System.out);
    Campaign campaign = new Campaign(LOAD, evidence);
    for (Fault fault : Faults.named(NAMES)) {
      campaign.run(fault, SEED);
    }
    campaign.finish();

    assertThat(campaign.runs()).hasSameSizeAs(NAMES).allMatch(DrillRun::held);
    assertThat(campaign.runs()).allMatch(run -> run.operations().decided() > 0);
    assertThat(campaign.runs()).allMatch(run -> run.blows() > 0);
  }
}
