package dev.holdfast.cli.output;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Aligned text. Buffers at most a screenful: a long result is printed as several tables. In a table
 * that is too wide, the longest texts are visibly cut.
 */
final class TableWriter<T> implements RowWriter<T> {
  /** No bound. */
  static final int WIDE = Integer.MAX_VALUE;

  private static final int ROWS_MAX = 1_000;

  /** Short ids and addresses stay whole, since they are copied from here; moments to the minute. */
  private static final int CUT_TEXT_MIN = 17;

  private static final int BETWEEN = 2;
  private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z");

  private final List<Column<T>> columns;
  private final PrintWriter out;
  private final int widthMax;
  private final List<T> rows = new ArrayList<>();
  private boolean printed;

  TableWriter(List<Column<T>> columns, PrintWriter out, int widthMax) {
    this.columns = List.copyOf(columns);
    this.out = out;
    this.widthMax = widthMax;
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
    int[] widths = widths();
    List<ColumnData<T>> layout = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      layout.add(layout(columns.get(i), widths[i]));
    }
    String text = AsciiTable.getTable(AsciiTable.NO_BORDERS, rows, layout);
    text.lines().map(String::stripTrailing).filter(line -> !line.isEmpty()).forEach(out::println);
    rows.clear();
    printed = true;
  }

  /** The width of each column: of its longest text, or less where texts are cut. */
  private int[] widths() {
    int[] widths = columns.stream().mapToInt(this::width).toArray();
    int excess = IntStream.of(widths).sum() + BETWEEN * widths.length - widthMax;
    while (excess > 0 && !rows.isEmpty()) {
      int widest = widest(widths);
      if (widest < 0) {
        return widths;
      }
      widths[widest]--;
      excess--;
    }
    return widths;
  }

  private int width(Column<T> column) {
    int texts = rows.stream().mapToInt(row -> column.text(row).length()).max().orElse(0);
    return Math.max(column.name().length(), texts);
  }

  /** The widest column that can be cut; -1 for none. */
  private int widest(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      Column<T> column = columns.get(i);
      boolean canBeCut =
          widths[i] > Math.max(CUT_TEXT_MIN, column.name().length())
              && !column.isNumber(rows.get(0));
      if (canBeCut && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  /** Keeps the start and the end, since ids of a kind often start alike; of a moment, the start. */
  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    if (MOMENT.matcher(text).matches()) {
      return text.substring(0, length - 1) + "…";
    }
    int end = (length - 1) / 2;
    return text.substring(0, length - 1 - end) + "…" + text.substring(text.length() - end);
  }

  private ColumnData<T> layout(Column<T> column, int width) {
    boolean number = !rows.isEmpty() && column.isNumber(rows.get(0));
    HorizontalAlign align = number ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
    return new com.github.freva.asciitable.Column()
        .header(column.name().toUpperCase(java.util.Locale.ROOT))
        .headerAlign(align)
        .dataAlign(align)
        .maxWidth(Integer.MAX_VALUE)
        .with(row -> cut(column.text(row), width));
  }
}
