package dev.holdfast.deploy.planted;

import dev.holdfast.deploy.planted.Planting.Verdict;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results of a run. */
final class PlantedBugsReport {
  private static final int SLOWEST = 10;

  private record Row(PlantedBug bug, Verdict verdict) {
    boolean isCaught() {
      return verdict.kind() == Verdict.Kind.CAUGHT;
    }

    Duration time() {
      return verdict.time();
    }
  }

  /** One line of the table. */
  private record Line(String area, int rows, long caught, double medianSeconds, long sumSeconds) {
    static Line of(String area, List<Row> rows) {
      List<Duration> times = rows.stream().map(Row::time).sorted().toList();
      return new Line(
          area,
          rows.size(),
          rows.stream().filter(Row::isCaught).count(),
          times.isEmpty() ? 0 : times.get(times.size() / 2).toMillis() / 1000.0,
          times.stream().mapToLong(Duration::toMillis).sum() / 1000);
    }
  }

  private final long begin = System.nanoTime();
  private final List<Row> rows = new ArrayList<>();
  private final List<PlantedBug.Guard> failing = new ArrayList<>();
  private double loads;

  void add(PlantedBug bug, Verdict verdict) {
    rows.add(new Row(bug, verdict));
    loads += ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** A test fails without a bug. */
  void addFailing(PlantedBug.Guard guard) {
    failing.add(guard);
  }

  int size() {
    return rows.size();
  }

  boolean isEverythingCaught() {
    return failing.isEmpty() && rows.stream().allMatch(Row::isCaught);
  }

  /** For a terminal. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("%n%-28s %5s %7s %9s %7s%n".formatted("area", "rows", "caught", "median", "sum"));
    for (Line line : lines()) {
      text.append(
          "%-28s %5d %7d %7.1f s %5d s%n"
              .formatted(line.area, line.rows, line.caught, line.medianSeconds, line.sumSeconds));
    }
    text.append("%nslowest:%n".formatted());
    rows.stream()
        .sorted(Comparator.comparing(Row::time).reversed())
        .limit(SLOWEST)
        .forEach(row -> text.append(line(row)));
    List<Row> open = rows.stream().filter(row -> !row.isCaught()).toList();
    if (!open.isEmpty()) {
      text.append("%nnot caught:%n".formatted());
      open.forEach(row -> text.append(line(row)));
    }
    if (!failing.isEmpty()) {
      text.append("%nfail without a bug: %s%n".formatted(failing));
    }
    return text.append("%n%s%n".formatted(time())).toString();
  }

  private static String line(Row row) {
    return "  %-5s %5.1f s  %s  [%s]%n"
        .formatted(
            row.bug.id(),
            row.time().toMillis() / 1000.0,
            row.bug.promise(),
            row.verdict.detail().isEmpty() ? row.verdict.kind() : row.verdict.detail());
  }

  /** For the documentation. */
  String markdown() {
    StringBuilder text =
        new StringBuilder("\n| area | bugs | caught | median |\n|---|---|---|---|\n");
    for (Line line : lines()) {
      text.append(
          "| %s | %d | %d | %.1f s |%n"
              .formatted(line.area, line.rows, line.caught, line.medianSeconds));
    }
    return text.append("\n%s%n".formatted(time())).toString();
  }

  private List<Line> lines() {
    Map<String, List<Row>> areas = new LinkedHashMap<>();
    rows.forEach(row -> areas.computeIfAbsent(row.bug.area(), area -> new ArrayList<>()).add(row));
    List<Line> lines = new ArrayList<>();
    areas.forEach((area, ofArea) -> lines.add(Line.of(area, ofArea)));
    lines.add(Line.of("all", rows));
    return lines;
  }

  private String time() {
    Duration passed = Duration.ofNanos(System.nanoTime() - begin);
    return "%d of %d caught in %d min %d s, on %d processors under an average load of %.1f"
        .formatted(
            rows.stream().filter(Row::isCaught).count(),
            rows.size(),
            passed.toMinutes(),
            passed.toSecondsPart(),
            Runtime.getRuntime().availableProcessors(),
            loads / Math.max(1, rows.size()));
  }
}
