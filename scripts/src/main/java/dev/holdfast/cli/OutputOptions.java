package dev.holdfast.cli;

import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Format;
import dev.holdfast.cli.output.RowWriter;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create(); // set when the command line is built

  private int sections;

  public boolean isTable() {
    return format == Format.table;
  }

  public boolean isJson() {
    return format == Format.json;
  }

  public <T> RowWriter<T> writer(List<Column<T>> columns) {
    return format.writer(columns, out(), wide);
  }

  /**
   * Prints one of several tables: under a title, below a blank line; as JSON, with the kind in each
   * row.
   */
  public <T> void section(Section<T> section, List<T> rows) {
    if (format == Format.json) {
      Column<T> kind = new Column<>("kind", row -> section.kind);
      print(Column.join(List.of(kind), section.columns), rows);
      return;
    }
    if (sections > 0) {
      out().println();
    }
    sections++;
    if (isTable()) {
      out().println(section.title());
    }
    print(section.columns(), rows);
  }

  /**
   * One of several tables of an output.
   *
   * @param kind as in JSON
   */
  public record Section<T>(String kind, String title, List<Column<T>> columns) {}

  /** Prints rows and what is held back. */
  public <T> void print(List<Column<T>> columns, List<T> rows) {
    try (RowWriter<T> writer = writer(columns)) {
      rows.forEach(writer::write);
    }
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
