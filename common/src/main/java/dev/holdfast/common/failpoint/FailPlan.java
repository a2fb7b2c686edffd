package dev.holdfast.common.failpoint;

import com.google.common.base.Splitter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Actions at failpoints. In text, for example {@code seed=7;state-write=crash@0.001;
 * log-append=delay:20@0.05;view-write=fail@3}: an action at a place, by chance (below 1) or at the
 * n-th time (1 and above) that the place is reached.
 *
 * <ul>
 *   <li>{@code crash} ends the process at once, as kill -9 does
 *   <li>{@code delay:MILLIS} waits
 *   <li>{@code fail} throws a {@link FailPointException}
 * </ul>
 */
final class FailPlan {
  /** The exit code of a process that was killed. */
  static final int KILLED = 137;

  private static final String SEED = "seed";
  private static final Splitter PARTS = Splitter.on(';').trimResults().omitEmptyStrings();

  private final String text;
  private final Map<FailPoint, Step> steps = new EnumMap<>(FailPoint.class);

  private FailPlan(String text) {
    this.text = text;
  }

  private enum Action {
    CRASH,
    DELAY,
    FAIL
  }

  /** Chance is drawn from the seed, place by place, so that a plan does the same each time. */
  private record Step(Action action, long millis, double when, Random chance) {
    boolean isDue(long count) {
      if (when >= 1) {
        return count == (long) when;
      }
      synchronized (chance) {
        return chance.nextDouble() < when;
      }
    }
  }

  /**
   * Reads a plan.
   *
   * @throws IllegalArgumentException when it is none
   */
  static FailPlan parse(String text) {
    FailPlan plan = new FailPlan(text);
    long seed = 1;
    for (String part : PARTS.split(text)) {
      String[] sides = part.split("=", 2);
      if (sides.length < 2) {
        throw new IllegalArgumentException("a failpoint is place=action@when, was " + part);
      }
      if (sides[0].equals(SEED)) {
        seed = Long.parseLong(sides[1]);
      } else {
        FailPoint point = point(sides[0]);
        plan.steps.put(point, step(sides[1], new Random(seed * 31 + point.name().hashCode())));
      }
    }
    return plan;
  }

  private static FailPoint point(String name) {
    try {
      return FailPoint.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("there is no failpoint " + name, e);
    }
  }

  private static Step step(String text, Random chance) {
    String[] sides = text.split("@", 2);
    String[] action = sides[0].split(":", 2);
    double when = sides.length == 1 ? 1 : Double.parseDouble(sides[1]);
    long millis = action.length == 1 ? 0 : Long.parseLong(action[1]);
    return new Step(Action.valueOf(action[0].toUpperCase(Locale.ROOT)), millis, when, chance);
  }

  /** Does what is due at a place that is reached for the n-th time. */
  void at(FailPoint point, long count) {
    @Nullable Step step = steps.get(point);
    if (step == null || !step.isDue(count)) {
      return;
    }
    switch (step.action()) {
      case CRASH -> {
        System.err.println("crashes at failpoint " + point + ", reached " + count + " times");
        Runtime.getRuntime().halt(KILLED);
      }
      case DELAY -> LockSupport.parkNanos(step.millis() * 1_000_000);
      case FAIL -> {
        System.err.println("fails at failpoint " + point + ", reached " + count + " times");
        throw new FailPointException(point);
      }
    }
  }

  @Override
  public String toString() {
    return text.isBlank() ? "counting only" : text;
  }
}
