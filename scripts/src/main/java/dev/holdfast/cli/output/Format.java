package dev.holdfast.cli.output;

import java.io.PrintWriter;
import java.util.List;

/** The values of {@code -o}; lower case because that is how they are typed. */
public enum Format {
  table,
  json,
  csv,
  /** The same as csv, but a spreadsheet takes no text in it for a formula. */
  sheet;

  private static final int TABLE_WIDTH_MAX = 100;

  /**
   * A writer of rows to an output that stays open.
   *
   * @param wide whether a table may be as wide as its texts
   */
  public <T> RowWriter<T> writer(List<Column<T>> columns, PrintWriter out, boolean wide) {
    return switch (this) {
      case table -> new TableWriter<>(columns, out, wide ? TableWriter.WIDE : TABLE_WIDTH_MAX);
      case json -> new JsonWriter<>(columns, out);
      case csv -> new CsvRowWriter<>(columns, out, text -> text);
      case sheet -> new CsvRowWriter<>(columns, out, Formulas::disarm);
    };
  }
}
