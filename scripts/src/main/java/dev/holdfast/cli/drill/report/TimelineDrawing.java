package dev.holdfast.cli.drill.report;

import dev.holdfast.cli.drill.check.Finding;
import dev.holdfast.cli.drill.history.Call;
import dev.holdfast.cli.drill.report.Bands.Band;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The timeline of a drill as an inline SVG. From top to bottom, over one axis of time: the phases,
 * throughput, p99, shares of operations without success, times without writes, and findings.
 */
final class TimelineDrawing {
  private static final double WIDTH = 980;
  private static final double LEFT = 64;
  private static final double RIGHT = WIDTH - 16;
  private static final double LANE = 16;
  private static final double PANEL = 90;
  private static final double SPACE = 34;
  private static final double STRIP = 16;
  private static final double LABEL_RISE = 6;

  /** Shorter times without writes are no more than a pixel wide. */
  private static final long GAP_MILLIS_MIN = 100;

  private static final int GAPS_MAX = 500;

  private final Report report;
  private final Markup out;
  private final Scale time;
  private final List<PhaseRow> phases;
  private final List<Tally> steps;

  private TimelineDrawing(Report report, Markup out) {
    this.report = report;
    this.out = out;
    time = new Scale(Math.max(report.seconds(), 1), LEFT, RIGHT);
    phases = report.rows().subList(0, report.measures().phases().size());
    steps = report.measures().seconds().steps();
  }

  static void draw(Report report, Markup out) {
    new TimelineDrawing(report, out).draw();
  }

  private void draw() {
    double panels = 8 + Bands.LANES_MAX * LANE + LABEL_RISE;
    double strips = panels + 3 * (PANEL + SPACE) + SPACE / 2;
    double bottom = strips + 2 * (STRIP + SPACE);
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        String.format(Locale.ROOT, "0 0 %.0f %.0f", WIDTH, bottom + 24),
        "role",
        "img",
        "aria-labelledby",
        "timeline-title timeline-desc");
    out.leaf("title", "Timeline of the drill", "id", "timeline-title");
    out.leaf("desc", description(), "id", "timeline-desc").line();
    drawBands(panels, bottom);
    drawThroughput(panels + SPACE / 2);
    drawLatency(panels + SPACE / 2 + PANEL + SPACE);
    drawShares(panels + SPACE / 2 + 2 * (PANEL + SPACE));
    drawGaps(strips + SPACE / 2);
    drawFindings(strips + SPACE / 2 + STRIP + SPACE);
    drawTime(bottom);
    out.close().line();
  }

  private String description() {
    return String.format(
        Locale.ROOT,
        "%.0f seconds with %d phases. %s. The table of phases below has the same numbers.",
        report.seconds(),
        phases.size(),
        report.verdict());
  }

  private void drawBands(double top, double bottom) {
    for (Band band : Bands.of(phases, time)) {
      out.open("g", "class", "phase").leaf("title", band.name());
      double lane = band.lane() < 0 ? 0 : 8 + band.lane() * LANE;
      double from = band.lane() < 0 ? top : lane;
      out.empty(
          "rect",
          "x",
          band.from(),
          "y",
          from,
          "width",
          band.to() - band.from(),
          "height",
          bottom - from);
      if (band.lane() >= 0) {
        out.leaf("text", band.label(), "x", band.from() + 2, "y", lane + LANE - LABEL_RISE + 2);
      }
      out.close().line();
    }
  }

  private void drawThroughput(double top) {
    int step = report.measures().seconds().stepSeconds();
    Scale scale = panel("operations per second", top, of(steps, each -> perSecond(each, step)));
    line("throughput", scale, each -> perSecond(each, step));
  }

  private static double perSecond(Tally step, int seconds) {
    return (double) step.counts().decided() / seconds;
  }

  private void drawLatency(double top) {
    Scale scale = panel("p99 of answered calls, ms", top, of(steps, TimelineDrawing::p99));
    line("latency", scale, TimelineDrawing::p99);
  }

  private static double p99(Tally step) {
    Double millis = step.millis(99);
    return millis == null ? Double.NaN : millis;
  }

  private void drawShares(double top) {
    Scale scale = panel("refused, not tried, unknown, % of operations", top, 100);
    line("refused", scale, each -> share(each.counts(), each.counts().refused()));
    line("not-tried", scale, each -> share(each.counts(), each.counts().notTried()));
    line("unknown", scale, each -> share(each.counts(), each.counts().unknown()));
    double x = RIGHT - 250;
    for (String name : List.of("refused", "not-tried", "unknown")) {
      out.empty("line", "class", name, "x1", x, "x2", x + 22, "y1", top - 8, "y2", top - 8);
      out.leaf("text", name.replace('-', ' '), "x", x + 26, "y", top - 4);
      x += 86;
    }
    out.line();
  }

  private static double share(Counts counts, long part) {
    return counts.all() == 0 ? Double.NaN : 100.0 * part / counts.all();
  }

  private static double of(List<Tally> steps, ToDoubleFunction<Tally> value) {
    return steps.stream().mapToDouble(value).filter(each -> !Double.isNaN(each)).max().orElse(1);
  }

  /** The frame of a curve; returns its scale. */
  private Scale panel(String title, double top, double max) {
    Scale scale = Scale.upTo(max, top + PANEL, top);
    out.leaf("text", title, "class", "heading", "x", LEFT, "y", top - 4);
    for (double tick : scale.ticks(3)) {
      double y = scale.at(tick);
      out.empty("line", "class", "grid", "x1", LEFT, "x2", RIGHT, "y1", y, "y2", y);
      out.leaf("text", Scale.text(tick), "class", "tick", "x", LEFT - 6, "y", y + 4);
    }
    return scale;
  }

  /** A curve through the middles of whole seconds; broken where there is no value. */
  private void line(String kind, Scale scale, ToDoubleFunction<Tally> value) {
    int step = report.measures().seconds().stepSeconds();
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < steps.size() && (i + 1.0) * step <= Math.max(step, report.seconds()); i++) {
      double y = value.applyAsDouble(steps.get(i));
      if (!Double.isNaN(y)) {
        double x = time.at((i + 0.5) * step);
        path.append(
            String.format(Locale.ROOT, "%s%.1f %.1f ", drawing ? "L" : "M", x, scale.at(y)));
        path.append(drawing ? "" : "h0.1 "); // a value alone is a dot
      }
      drawing = !Double.isNaN(y);
    }
    out.empty("path", "class", kind, "d", path.toString().strip()).line();
  }

  private void drawGaps(double top) {
    strip("without writes in some partition", top);
    for (WriteGaps.Gap gap : longestGaps()) {
      double from = time.at(gap.fromMillis() / 1e3);
      double width = Math.max(1, time.at(gap.toMillis() / 1e3) - from);
      out.open("g", "class", "gap");
      out.leaf(
          "title",
          String.format(
              Locale.ROOT,
              "partition %d from %.2f s for %.2f s",
              gap.partition(),
              gap.fromMillis() / 1e3,
              gap.millis() / 1e3));
      out.empty("rect", "x", from, "y", top, "width", width, "height", STRIP).close().line();
    }
  }

  private List<WriteGaps.Gap> longestGaps() {
    return report.measures().gaps().atLeast(GAP_MILLIS_MIN).stream()
        .sorted(Comparator.comparingLong(WriteGaps.Gap::millis).reversed())
        .limit(GAPS_MAX)
        .toList();
  }

  private void drawFindings(double top) {
    strip("findings", top);
    for (Finding finding : report.result().findings()) {
      for (double at : places(finding)) {
        out.open("g", "class", "finding").leaf("title", finding.toString());
        out.empty(
                "path",
                "d",
                String.format(Locale.ROOT, "M%.1f %.1f l6 %.0f h-12 z", at, top, STRIP))
            .close()
            .line();
      }
    }
  }

  /** The calls that show a finding, to the pixel. */
  private Set<Double> places(Finding finding) {
    Set<Double> places = new TreeSet<>();
    for (Call call : finding.calls()) {
      places.add((double) Math.round(time.at(report.secondsAt(call.beginNanos()))));
    }
    return places;
  }

  private void strip(String title, double top) {
    out.leaf("text", title, "class", "heading", "x", LEFT, "y", top - 4);
    out.empty(
        "line", "class", "grid", "x1", LEFT, "x2", RIGHT, "y1", top + STRIP, "y2", top + STRIP);
  }

  private void drawTime(double bottom) {
    for (double tick : time.ticks(10)) {
      double x = time.at(tick);
      out.empty("line", "class", "grid", "x1", x, "x2", x, "y1", bottom - 6, "y2", bottom);
      out.leaf("text", Scale.text(tick) + " s", "class", "time", "x", x, "y", bottom + 14);
    }
  }
}
