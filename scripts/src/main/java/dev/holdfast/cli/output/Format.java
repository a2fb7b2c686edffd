package dev.holdfast.cli.output;

import java.io.PrintWriter;
import java.util.List;

/** The values of {@code -o}; lower case because that is how they are typed. */
public enum Format {
  table,
  json,
  csv,
  /** As csv, but no text in it is taken for a formula. */
  sheet;

  /** A writer of rows to an output that stays open. */
  public <T> RowWriter<T> writer(List<Column<T>> columns, PrintWriter out) {
    return switch (this) {
      case table -> new TableWriter<>(columns, out);
      case json -> new JsonWriter<>(columns, out);
      case csv -> new CsvRowWriter<>(columns, out, text -> text);
      case sheet -> new CsvRowWriter<>(columns, out, Formulas::disarm);
    };
  }
}
