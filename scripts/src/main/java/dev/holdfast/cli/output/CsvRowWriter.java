package dev.holdfast.cli.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Comma-separated values under a header line. */
final class CsvRowWriter<T> implements RowWriter<T> {
  private final List<Column<T>> columns;
  private final UnaryOperator<String> texts;
  private final CsvWriter csv;

  /**
   * @param texts converts texts; numbers stay as they are
   */
  CsvRowWriter(List<Column<T>> columns, PrintWriter out, UnaryOperator<String> texts) {
    this.columns = List.copyOf(columns);
    this.texts = texts;
    csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    csv.writeRecord(columns.stream().map(Column::name).toList());
  }

  @Override
  public void write(T row) {
    csv.writeRecord(columns.stream().map(column -> cell(column, row)).toList());
  }

  private String cell(Column<T> column, T row) {
    String text = column.text(row);
    return column.isNumber(row) ? text : texts.apply(text);
  }

  @Override
  public void close() {
    try {
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
