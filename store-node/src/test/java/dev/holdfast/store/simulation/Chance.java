package dev.holdfast.store.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** The one source of chance of a history. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** From 0 up to, but not including, a bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Takes one away. */
  <T> T take(List<T> all) {
    int place = random.nextInt(all.size());
    T last = all.remove(all.size() - 1);
    return place == all.size() ? last : all.set(place, last);
  }
}
