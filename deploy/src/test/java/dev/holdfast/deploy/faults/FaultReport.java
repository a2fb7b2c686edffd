package dev.holdfast.deploy.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of all runs: as text, as Markdown and as JSON. */
final class FaultReport {
  private static final List<String> COLUMNS =
      List.of(
          "fault",
          "what happens",
          "runs",
          "blows",
          "operations",
          "refused",
          "unknown",
          "violations",
          "seconds without writes: median",
          "max",
          "limit",
          "verdict");

  private final List<FaultRow> rows;

  FaultReport(List<DrillRun> runs) {
    rows = FaultRow.of(runs);
  }

  private static List<String> cells(FaultRow row) {
    return List.of(
        row.fault().name(),
        row.fault().text(),
        Integer.toString(row.runs().size()),
        Integer.toString(row.blows()),
        Long.toString(row.operations()),
        Long.toString(row.refused()),
        Long.toString(row.unknown()),
        Long.toString(row.violations()),
        String.format(Locale.ROOT, "%.1f", row.medianSilenceSeconds()),
        String.format(Locale.ROOT, "%.1f", row.longestSilenceSeconds()),
        Long.toString(row.fault().silenceMax().toSeconds()),
        row.held() ? "held" : "FAILED");
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (FaultRow row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-28s %3d runs %4d blows %8d operations %6d refused %6d unknown"
                  + " %5.1f s without writes, at most %5.1f s  %s%n",
              row.fault().name(),
              row.runs().size(),
              row.blows(),
              row.operations(),
              row.refused(),
              row.unknown(),
              row.medianSilenceSeconds(),
              row.longestSilenceSeconds(),
              row.held() ? "held" : "FAILED"));
    }
    long operations = rows.stream().mapToLong(FaultRow::operations).sum();
    long violations = rows.stream().mapToLong(FaultRow::violations).sum();
    return text
        + "%d faults, %d operations, %d violations%n"
            .formatted(rows.size(), operations, violations);
  }

  String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("| " + String.join(" | ", COLUMNS) + " |");
    lines.add("|" + "---|".repeat(COLUMNS.size()));
    rows.forEach(row -> lines.add("| " + String.join(" | ", cells(row)) + " |"));
    return String.join("\n", lines) + "\n";
  }

  /** An array of objects, all of whose values are texts. */
  String json() {
    List<String> objects = new ArrayList<>();
    for (FaultRow row : rows) {
      List<String> cells = cells(row);
      List<String> members = new ArrayList<>();
      for (int i = 0; i < COLUMNS.size(); i++) {
        members.add("\"%s\": \"%s\"".formatted(COLUMNS.get(i), cells.get(i)));
      }
      objects.add("  {" + String.join(", ", members) + "}");
    }
    return "[\n" + String.join(",\n", objects) + "\n]\n";
  }

  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("faults.txt"), text());
    Files.writeString(directory.resolve("faults.md"), markdown());
    Files.writeString(directory.resolve("faults.json"), json());
  }
}
