package dev.holdfast.cli.output;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Aligned text. Holds back a screenful at most: a long result is printed as several tables. */
final class TableWriter<T> implements RowWriter<T> {
  private static final int ROWS_MAX = 1_000;

  private final List<Column<T>> columns;
  private final PrintWriter out;
  private final List<T> rows = new ArrayList<>();
  private boolean printed;

  TableWriter(List<Column<T>> columns, PrintWriter out) {
    this.columns = List.copyOf(columns);
    this.out = out;
  }

  @Override
  public void write(T row) {
    rows.add(row);
    if (rows.size() == ROWS_MAX) {
      print();
    }
  }

  @Override
  public void close() {
    if (!rows.isEmpty() || !printed) {
      print();
    }
    out.flush();
  }

  private void print() {
    List<ColumnData<T>> layout = columns.stream().map(this::layout).toList();
    String text = AsciiTable.getTable(AsciiTable.NO_BORDERS, rows, layout);
    text.lines().map(String::stripTrailing).filter(line -> !line.isEmpty()).forEach(out::println);
    rows.clear();
    printed = true;
  }

  private ColumnData<T> layout(Column<T> column) {
    boolean number = !rows.isEmpty() && column.isNumber(rows.get(0));
    HorizontalAlign align = number ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
    return new com.github.freva.asciitable.Column()
        .header(column.name().toUpperCase(java.util.Locale.ROOT))
        .headerAlign(align)
        .dataAlign(align)
        .maxWidth(Integer.MAX_VALUE)
        .with(column::text);
  }
}
