package dev.holdfast.cli.drill.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The phases as bands: labels in lanes, so that none covers another. A label without room is left
 * out; the table has all.
 */
final class Bands {
  static final int LANES_MAX = 4;

  private static final double LETTER = 6.2;
  private static final int LETTERS_MAX = 40;
  private static final double GAP = 8;

  /**
   * A phase in the drawing.
   *
   * @param lane of its label; -1 for none
   */
  record Band(String name, double from, double to, String label, int lane) {}

  private Bands() {}

  /** Places the phases of a report, all but the summary rows. */
  static List<Band> of(List<PhaseRow> phases, Scale time) {
    double[] ends = new double[LANES_MAX];
    List<Band> bands = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      PhaseRow phase = phases.get(i);
      double from = time.at(phase.beginSeconds());
      double to = Math.max(from + 1, time.at(phase.beginSeconds() + phase.seconds()));
      String label = label(i + 1, phase.phase());
      double width = label.length() * LETTER;
      int lane = lane(ends, from);
      boolean fits = lane >= 0 && from + width <= time.to();
      if (lane >= 0 && !fits) {
        label = String.valueOf(i + 1);
        width = label.length() * LETTER;
      }
      if (lane >= 0) {
        ends[lane] = from + width + GAP;
      }
      bands.add(new Band(phase.phase(), from, to, label, lane));
    }
    return bands;
  }

  private static String label(int number, String name) {
    String text = number + " " + name;
    return text.length() <= LETTERS_MAX ? text : text.substring(0, LETTERS_MAX - 1) + "…";
  }

  private static int lane(double[] ends, double from) {
    for (int lane = 0; lane < ends.length; lane++) {
      if (ends[lane] <= from) {
        return lane;
      }
    }
    return -1;
  }
}
