package dev.holdfast.deploy.faults;

import dev.holdfast.cli.drill.run.Disturbance;
import dev.holdfast.cli.drill.run.Timeline;
import java.time.Duration;

/** Strikes with one fault again and again, with quiet between the blows. */
final class Assault implements Disturbance {
  private static final Duration QUIET = Duration.ofMillis(1_500);
  private static final int LASTS_MILLIS_MIN = 1_000;
  private static final int LASTS_MILLIS_MAX = 5_000;

  private final Fault fault;
  private final Site site;
  private final Duration time;
  private int blows;

  Assault(Fault fault, Site site, Duration time) {
    this.fault = fault;
    this.site = site;
    this.time = time;
  }

  @Override
  public void strike(Timeline timeline) {
    long end = System.nanoTime() + time.toNanos();
    do {
      site.wait(QUIET);
      Timeline.Running struck = timeline.begin(fault.name());
      Blow.Healing healing = fault.blow().strike(site);
      site.wait(lasts());
      healing.heal();
      struck.close();
      Timeline.Running recovery = timeline.begin("recovery");
      site.makeWhole();
      recovery.close();
      blows++;
    } while (System.nanoTime() < end);
    site.wait(QUIET);
  }

  private Duration lasts() {
    int span = LASTS_MILLIS_MAX - LASTS_MILLIS_MIN;
    return Duration.ofMillis(LASTS_MILLIS_MIN + site.random().nextInt(span));
  }

  int blows() {
    return blows;
  }
}
