package dev.holdfast.cli.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Comma-separated values under a header line. */
final class CsvRowWriter<T> implements RowWriter<T> {
  private final List<Column<T>> columns;
  private final CsvWriter csv;

  CsvRowWriter(List<Column<T>> columns, PrintWriter out) {
    this.columns = List.copyOf(columns);
    csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    csv.writeRecord(columns.stream().map(Column::name).toList());
  }

  @Override
  public void write(T row) {
    csv.writeRecord(columns.stream().map(column -> column.text(row)).toList());
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
