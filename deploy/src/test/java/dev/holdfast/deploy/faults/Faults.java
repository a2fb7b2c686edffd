package dev.holdfast.deploy.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The table of all faults. */
final class Faults {
  private Faults() {}

  /** No fault: what the others are compared with. */
  private static final Fault NONE = new Fault("none", "the load alone", 10, site -> () -> {});

  static List<Fault> all() {
    return Stream.of(
            List.of(NONE),
            NodeFaults.all(),
            NetworkFaults.all(),
            AggregatorFaults.all(),
            DataFaults.all(),
            DiskFaults.all(),
            ClockFaults.all(),
            FailPointFaults.all(),
            RotationFaults.all())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Faults by their names, all when none is named.
   *
   * @throws IllegalArgumentException when there is no such fault
   */
  static List<Fault> named(Collection<String> names) {
    List<String> known = all().stream().map(Fault::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("there is no fault " + name + "; --list prints them");
      }
    }
    return all().stream().filter(fault -> names.isEmpty() || names.contains(fault.name())).toList();
  }

  /** Those that can strike a secure cluster, on one. */
  static List<Fault> secured(List<Fault> faults) {
    return faults.stream()
        .filter(each -> each.setting() == Setting.PLAIN || each.setting() == Setting.SECURE)
        .map(each -> each.in(Setting.SECURE))
        .toList();
  }

  /** So many pairs of faults of one setting. */
  static List<Fault> pairs(List<Fault> faults, int count, Random random) {
    List<Fault> pairs = new ArrayList<>();
    while (pairs.size() < count) {
      Fault one = faults.get(random.nextInt(faults.size()));
      Fault other = faults.get(random.nextInt(faults.size()));
      if (one.setting() == other.setting() && !one.equals(other) && !one.equals(NONE)) {
        pairs.add(one.and(other));
      }
    }
    return pairs;
  }
}
