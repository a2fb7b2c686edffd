package dev.holdfast.cli.drill.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps values to pixels.
 *
 * @param max the greatest value; the least is 0
 * @param from pixel of 0
 * @param to pixel of the greatest value
 */
record Scale(double max, double from, double to) {
  /** With a round greatest value. */
  static Scale upTo(double value, double from, double to) {
    double step = step(value, 2);
    return new Scale(Math.max(step, Math.ceil(value / step) * step), from, to);
  }

  double at(double value) {
    return from + (to - from) * Math.min(value, max) / max;
  }

  /** Round values from 0 to the greatest, so many at most. */
  List<Double> ticks(int countMax) {
    double step = step(max, countMax);
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step <= max * 1.000_001; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** The least of 1, 2, 5, 10, 20, ... of which so many reach a value. */
  private static double step(double value, int count) {
    double step = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-3) / count)));
    for (double factor : new double[] {1, 2, 5}) {
      if (value / (step * factor) <= count) {
        return step * factor;
      }
    }
    return step * 10;
  }

  /** Without digits that say nothing. */
  static String text(double value) {
    if (value >= 10_000) {
      return text(value / 1_000) + "k";
    }
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2g", value);
  }
}
