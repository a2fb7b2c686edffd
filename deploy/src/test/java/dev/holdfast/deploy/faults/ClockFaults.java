package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.shims.ClockShift;
import java.time.Duration;
import java.util.List;

/** Wall clocks that are wrong; none of them may hold up writes for long, since leadership moves. */
final class ClockFaults {
  private static final long TWICE_AS_FAST_PPM = 1_000_000;

  private ClockFaults() {}

  static List<Fault> all() {
    return List.of(
        shifted(
            "clock-ahead",
            "the wall clock of a leader is set 10 minutes forward",
            Victims.LEADER,
            ClockShift.of(Duration.ofMinutes(10))),
        shifted(
            "clock-behind",
            "the wall clock of a leader is set 3 days back",
            Victims.LEADER,
            ClockShift.of(Duration.ofDays(-3))),
        shifted(
            "clock-fast",
            "the wall clock of a leader runs twice as fast",
            Victims.LEADER,
            new ClockShift(Duration.ZERO, TWICE_AS_FAST_PPM)),
        shifted(
            "clocks-ahead",
            "the wall clocks of all nodes are set 5 s forward",
            Victims.ALL,
            ClockShift.of(Duration.ofSeconds(5))));
  }

  private static Fault shifted(String name, String text, Victims victims, ClockShift shift) {
    Blow blow =
        site ->
            Blow.on(
                    victims,
                    node -> site.equipment().shims(node).shiftClock(shift),
                    node -> site.equipment().shims(node).shiftClock(ClockShift.NONE))
                .strike(site);
    return new Fault(name, text, 20, blow).in(Setting.SHIMS);
  }
}
