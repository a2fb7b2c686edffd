package dev.holdfast.cli.drill.report;

import dev.holdfast.cli.drill.history.Call;
import java.util.List;
import java.util.stream.IntStream;

/** The course of a drill: calls by the second in which they ended, or by more in a long drill. */
final class Seconds {
  private static final int STEPS_MAX = 600;
  private static final int DIGITS = 2;

  private final int stepSeconds;
  private final List<Tally> steps;

  Seconds(long millis) {
    long seconds = millis / 1_000 + 1;
    stepSeconds = (int) ((seconds + STEPS_MAX - 1) / STEPS_MAX);
    steps =
        IntStream.range(0, (int) (seconds / stepSeconds) + 1)
            .mapToObj(step -> new Tally(DIGITS))
            .toList();
  }

  void add(Call call, Counts operations, long endMillis) {
    steps.get((int) (endMillis / 1_000 / stepSeconds)).add(call, operations);
  }

  int stepSeconds() {
    return stepSeconds;
  }

  List<Tally> steps() {
    return steps;
  }
}
