package dev.holdfast.store.simulation;

import dev.holdfast.store.commit.CommitSettings;
import dev.holdfast.store.timers.SnapshotTrigger;
import java.time.Duration;

/**
 * What differs between histories: bounds, and how rough the weather is.
 *
 * @param storm how often nodes, links and clocks fail, in percent of what is usual
 */
record Temper(
    CommitSettings limits,
    Witness.Eviction eviction,
    Duration digestQuiet,
    SnapshotTrigger.Rhythm snapshots,
    int busyPercent,
    int lossPercent,
    int storm) {
  private static final long NEVER = 1_000_000_000_000L;

  static Temper of(Chance chance) {
    CommitSettings limits =
        new CommitSettings(
            chance.between(3, 12),
            6_000,
            chance.between(1, 6),
            chance.between(300, 2_000),
            chance.between(1, 4),
            chance.between(3, 20),
            true);
    Witness.Eviction eviction =
        chance.percent(50)
            ? new Witness.Eviction(chance.between(10, 200) * 100L, NEVER)
            : new Witness.Eviction(NEVER, chance.between(2, 20));
    return new Temper(
        limits,
        eviction,
        Duration.ofMillis(chance.between(2, 20) * 100L),
        new SnapshotTrigger.Rhythm(
            chance.between(5, 60),
            Duration.ofSeconds(chance.between(1, 10)),
            Duration.ofSeconds(chance.between(10, 60))),
        chance.percent(50) ? 0 : chance.between(1, 15),
        chance.percent(30) ? 0 : chance.between(1, 20),
        chance.percent(20) ? 0 : chance.between(30, 200));
  }
}
