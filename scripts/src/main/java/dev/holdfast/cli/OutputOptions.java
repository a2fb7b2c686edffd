package dev.holdfast.cli;

import dev.holdfast.cli.output.Column;
import dev.holdfast.cli.output.Format;
import dev.holdfast.cli.output.RowWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** How to print. */
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); json is one object a line, sheet is csv"
              + " in which a spreadsheet finds no formula")
  private Format format = Format.table;

  public boolean isTable() {
    return format == Format.table;
  }

  public <T> RowWriter<T> writer(List<Column<T>> columns, Session session) {
    return format.writer(columns, session.out());
  }

  /** Prints rows of another kind below those before; JSON needs no line between. */
  public <T> void section(List<Column<T>> columns, List<T> rows, Session session) {
    if (format != Format.json) {
      session.out().println();
    }
    print(columns, rows, session);
  }

  /** Prints rows and what is held back. */
  public <T> void print(List<Column<T>> columns, List<T> rows, Session session) {
    try (RowWriter<T> writer = writer(columns, session)) {
      rows.forEach(writer::write);
    }
  }
}
