package dev.holdfast.store.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The schedule of a history as it happened, kept only when somebody will read it. */
final class Timeline {
  private final boolean kept;
  private final List<String> lines = new ArrayList<>();
  private final List<String> strikes = new ArrayList<>();
  private int step;
  private long timeMillis;

  Timeline(boolean kept) {
    this.kept = kept;
  }

  /** What follows happens in this step, so long after the start. */
  void at(int currentStep, long millis) {
    step = currentStep;
    timeMillis = millis;
  }

  void note(Object... words) {
    if (kept) {
      String what = Arrays.stream(words).map(Object::toString).collect(Collectors.joining(" "));
      lines.add("%5d %8.2f s  %s".formatted(step, timeMillis / 1000.0, what));
    }
  }

  /** A failpoint struck: always kept, since that is the first thing to know of a failure. */
  void struck(String what) {
    strikes.add("step " + step + ": " + what);
    note(what);
  }

  List<String> strikes() {
    return strikes;
  }

  List<String> lines() {
    return lines;
  }
}
