package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.history.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects what is wrong, up to a bound: one fault may show in a million calls. */
final class Findings {
  private static final int MAX = 100;

  private final List<Finding> found = new ArrayList<>();

  void add(Breach breach, String what, Call... calls) {
    add(new Finding(breach, what, List.of(calls)));
  }

  void add(Breach breach, String what, Collection<Op> ops) {
    add(new Finding(breach, what, ops.stream().map(Op::call).toList()));
  }

  private void add(Finding finding) {
    if (found.size() < MAX) {
      found.add(finding);
    }
  }

  List<Finding> all() {
    return List.copyOf(found);
  }
}
