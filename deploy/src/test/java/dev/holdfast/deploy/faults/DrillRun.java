package dev.holdfast.deploy.faults;

import dev.holdfast.cli.drill.history.Outcome;
import dev.holdfast.cli.drill.run.DrillResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One drill with one fault, and its checks.
 *
 * @param result null when the drill itself came to no end
 * @param problems broken promises; empty when everything held
 */
record DrillRun(
    Fault fault,
    long seed,
    int blows,
    @Nullable DrillResult result,
    Duration silence,
    List<String> problems) {
  DrillRun {
    problems = List.copyOf(problems);
  }

  boolean held() {
    return problems.isEmpty();
  }

  long operations() {
    return result == null ? 0 : result.operations();
  }

  long refused() {
    return count(outcome -> outcome == Outcome.Undecided.NOT_TRIED);
  }

  long unknown() {
    return count(outcome -> outcome == Outcome.Undecided.UNKNOWN);
  }

  private long count(Predicate<Outcome> outcomes) {
    return result == null
        ? 0
        : result.history().packed().stream()
            .map(call -> call.unpack().outcome())
            .filter(outcomes)
            .count();
  }
}
