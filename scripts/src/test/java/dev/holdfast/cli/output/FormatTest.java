package dev.holdfast.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FormatTest {
  private static final List<Column<Row>> COLUMNS =
      List.of(
          new Column<>("store", Row::store),
          new Column<>("on_hand", Row::onHand),
          new Column<>("note", Row::note));

  private final StringWriter printed = new StringWriter();
  private boolean wide;

  private record Row(String store, long onHand, @Nullable String note) {}

  @Test
  void shouldAlignTextLeftAndNumbersRight() {
    print(Format.table, new Row("Oslo", 7, null), new Row("United Kingdom", 1234, "x"));

    assertThat(printed.toString().lines())
        .containsExactly(
            " STORE           ON_HAND  NOTE",
            " Oslo                  7",
            " United Kingdom     1234  x");
  }

  @Test
  void shouldCutTheLongestTextsUntilATableFits() {
    String id = "reservation-" + "0123456789".repeat(12);

    print(Format.table, new Row("Oslo", 7, id), new Row("Oslo", 7_000_000_000L, "x"));

    assertThat(printed.toString().lines()).allMatch(line -> line.length() <= 100);
    assertThat(printed.toString())
        .contains("Oslo  ", "7000000000", " reservation-01", "…", "6789\n");
  }

  @Test
  void shouldShowAllWhenAsked() {
    String id = "reservation-" + "0123456789".repeat(12);
    wide = true;

    print(Format.table, new Row("Oslo", 7, id));

    assertThat(printed.toString()).contains(id);
  }

  @Test
  void shouldPrintHeaderOfEmptyTable() {
    print(Format.table);

    assertThat(printed.toString().trim()).isEqualTo("STORE  ON_HAND  NOTE");
  }

  @Test
  void shouldQuoteCsvWhereNeeded() {
    print(Format.csv, new Row("a,b \"c\"", -1, null));

    assertThat(printed).hasToString("store,on_hand,note\n\"a,b \"\"c\"\"\",-1,\n");
  }

  @Test
  void shouldLeaveNoFormulaInASheetAndNumbersNumbers() {
    print(
        Format.sheet, new Row("=1+1", -1, "@x"), new Row("+A1", 2, "-2"), new Row("a=b", 3, null));

    assertThat(printed).hasToString("store,on_hand,note\n'=1+1,-1,'@x\n'+A1,2,'-2\na=b,3,\n");
  }

  @Test
  void shouldKeepCsvExact() {
    print(Format.csv, new Row("=1+1", -1, "-2"));

    assertThat(printed).hasToString("store,on_hand,note\n=1+1,-1,-2\n");
  }

  @Test
  void shouldPrintOneJsonObjectPerLine() {
    print(Format.json, new Row("Bø\n\"x\"", 9_007_199_254_740_993L, null), new Row("b", 2, "c"));

    assertThat(printed)
        .hasToString(
            """
            {"store":"Bø\\n\\"x\\"","on_hand":9007199254740993,"note":null}
            {"store":"b","on_hand":2,"note":"c"}
            """);
  }

  @Test
  void shouldPrintLongTablesInParts() {
    print(
        Format.table,
        LongStream.range(0, 2_500).mapToObj(n -> new Row("s", n, null)).toArray(Row[]::new));

    assertThat(printed.toString().lines()).hasSize(2_500 + 3);
  }

  private void print(Format format, Row... rows) {
    try (RowWriter<Row> writer = format.writer(COLUMNS, new PrintWriter(printed), wide)) {
      for (Row row : rows) {
        writer.write(row);
      }
    }
  }
}
