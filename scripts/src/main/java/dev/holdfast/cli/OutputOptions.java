package dev.holdfast.cli;

import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Format;
import dev.holdfast.cli.output.RowWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The output options. */
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); json is one object per line, sheet is csv"
              + " in which a spreadsheet finds no formula")
  private Format format = Format.table;

  @Option(
      names = "--wide",
      description = "tables with full texts; otherwise long texts are cut to fit 100 columns")
  private boolean wide;

  private int sections;

  public boolean isTable() {
    return format == Format.table;
  }

  public <T> RowWriter<T> writer(List<Column<T>> columns, Session session) {
    return format.writer(columns, session.out(), wide);
  }

  /**
   * Prints one of several tables: under a title, below a blank line; as JSON, with the kind in each
   * row.
   */
  public <T> void section(Section<T> section, List<T> rows, Session session) {
    if (format == Format.json) {
      print(section.withKind(), rows, session);
      return;
    }
    if (sections > 0) {
      session.out().println();
    }
    sections++;
    if (isTable()) {
      session.out().println(section.title());
    }
    print(section.columns(), rows, session);
  }

  /**
   * What is alike of several tables of one output.
   *
   * @param kind as in JSON
   */
  public record Section<T>(String kind, String title, List<Column<T>> columns) {
    private List<Column<T>> withKind() {
      List<Column<T>> all = new ArrayList<>();
      all.add(new Column<>("kind", row -> kind));
      all.addAll(columns);
      return all;
    }
  }

  /** Prints rows and what is held back. */
  public <T> void print(List<Column<T>> columns, List<T> rows, Session session) {
    try (RowWriter<T> writer = writer(columns, session)) {
      rows.forEach(writer::write);
    }
  }
}
