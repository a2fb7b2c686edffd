package dev.holdfast.store.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens to the wall clock. A failure prints its seed and a small history. */
final class LogClockPropertyTest {
  private static final Duration TOLERANCE = Duration.ofSeconds(10);

  private enum Kind {
    PASS,
    STEP,
    AGREE,
    DECIDE,
    FOREIGN_BATCH
  }

  private record Step(Kind kind, long millis) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Long> small = Arbitraries.longs().between(-20_000, 20_000);
    Arbitrary<Long> large = Arbitraries.longs().between(-400_000_000_000L, 400_000_000_000L);
    Arbitrary<Long> millis = Arbitraries.oneOf(small, small, large);
    Arbitrary<Step> steps = Combinators.combine(Arbitraries.of(Kind.class), millis).as(Step::new);
    return steps.list().ofMaxSize(60);
  }

  @Property(tries = 5_000)
  void shouldNeitherRunBackwardsNorAheadOfWhatIsKnown(@ForAll("histories") List<Step> history) {
    new History().run(history);
  }

  /** What is known besides the wall clock, kept apart from the clock under test. */
  private static final class History {
    private final ManualClock node = new ManualClock();
    private final MajorityClock majority = new MajorityClock();
    private final LogClock clock =
        new LogClocks(node.clock(), majority, TOLERANCE).open(ManualClock.START);
    private long log = ManualClock.START;
    private long majorityShows = Long.MIN_VALUE;
    private long floor = ManualClock.START;

    void run(List<Step> history) {
      for (Step step : history) {
        make(step);
        look();
      }
    }

    private void make(Step step) {
      switch (step.kind()) {
        case PASS -> pass(Math.abs(step.millis()) % 100_000);
        case STEP -> node.step(Duration.ofMillis(step.millis()));
        case AGREE -> {
          majorityShows = node.wallMillis() + step.millis() % 15_000;
          majority.learn(majorityShows - node.clock().monotonicMillis());
        }
        case DECIDE -> clock.applied(clock.millis());
        case FOREIGN_BATCH -> foreign(clock.millis() + step.millis() % 15_000);
      }
    }

    private void pass(long millis) {
      node.pass(Duration.ofMillis(millis));
      log += millis;
      floor += millis;
      majorityShows += majorityShows == Long.MIN_VALUE ? 0 : millis;
    }

    private void foreign(long millis) {
      look();
      clock.applied(millis);
      if (millis > floor) {
        log = millis;
        floor = millis;
      }
    }

    private void look() {
      long ceiling = Math.max(log, majorityShows) + TOLERANCE.toMillis();
      long shown = clock.millis();
      assertThat(shown).isBetween(floor, Math.max(floor, ceiling));
      if (node.wallMillis() <= ceiling) {
        assertThat(shown)
            .as("it takes the wall clock")
            .isEqualTo(Math.max(floor, node.wallMillis()));
      }
      floor = shown;
    }
  }
}
