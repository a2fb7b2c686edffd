package dev.holdfast.cli.imports.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordsTest {
  @TempDir Path directory = Path.of("");

  static Stream<Arguments> encodings() {
    return Stream.of(
        Arguments.of(UTF_8, ""),
        Arguments.of(UTF_8, "\uFEFF"),
        Arguments.of(UTF_16LE, "\uFEFF"),
        Arguments.of(UTF_16BE, "\uFEFF"));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void shouldReadEveryEncodingAndLineEnd(Charset charset, String mark) throws IOException {
    for (String end : List.of("\n", "\r", "\r\n")) {
      String text = String.join(end, "sku;qty", "Käse;1", "\"a" + end + "b\";2", "", "c;3");

      List<Row> rows = rows((mark + text).getBytes(charset), ReadingOptions.USUAL);

      assertThat(rows)
          .containsExactly(
              new Row(2, List.of("Käse", "1")),
              new Row(3, List.of("a" + end + "b", "2")),
              new Row(6, List.of("c", "3")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sku,qty\nA,1\n", "sku;qty\nA;1\n", "sku\tqty\nA\t1\n"})
  void shouldFindTheDelimiter(String text) throws IOException {
    assertThat(rows(text)).containsExactly(new Row(2, List.of("A", "1")));
  }

  @Test
  void shouldFindTheDelimiterThatGivesTheColumnsNotTheMostFrequentOne() throws IOException {
    assertThat(rows("\"a,b,c\";sku;qty,note\n1;A;2\n", "sku")).hasSize(1);
    assertThat(rows("sku;qty;a,b,c,d,e\nA;1;x\n", "sku").get(0).cells()).contains("A", "1");
  }

  @Test
  void shouldObeyASeparatorLineAndCountIt() throws IOException {
    assertThat(rows("\uFEFFsep=|\r\nsku|qty\r\nA,1|2\r\n"))
        .containsExactly(new Row(3, List.of("A,1", "2")));
  }

  @Test
  void shouldLeaveOutRowsThatSayNothing() throws IOException {
    assertThat(rows("sku,qty\n,\n \nA,1\n,\n")).containsExactly(new Row(4, List.of("A", "1")));
  }

  @Test
  void shouldNameTheLineOfAQuoteThatNeverCloses() {
    refuses("sku,qty\nA,1\n\"B,2\nC,3\n".getBytes(UTF_8), "line 3: a quote opens a cell");
    refuses("sep=,\nsku,qty\nA,1\n\"B,2\n".getBytes(UTF_8), "line 4: a quote opens a cell");
    refuses(("sku,qty\n\"" + "x\n".repeat(900_000)).getBytes(UTF_8), "line 2: a quote opens");
    refuses("sku,qty\n\"A\"x,2\n".getBytes(UTF_8), "line 2: something stands behind");
  }

  @Test
  void shouldTakeQuotesLiterallyWhenAsked() throws IOException {
    ReadingOptions literal = new ReadingOptions(null, null, false);

    assertThat(rows("sku\tqty\n\"3 tube\t1\n".getBytes(UTF_8), literal))
        .containsExactly(new Row(2, List.of("\"3 tube", "1")));
  }

  @Test
  void shouldRefuseOtherEncodingsByName() {
    byte[] latin = "sku,qty\nA,1\nKäse,2\n".getBytes(ISO_8859_1);
    refuses(latin, "line 3 is not UTF-8");
    refuses("\uFEFFsku,qty\nA".getBytes(Charset.forName("UTF-32LE")), "is UTF-32");
    refuses("sku,qty\nA".getBytes(UTF_16LE), "UTF-16 without a byte order mark");
    refuses("sku,qty\nA".getBytes(UTF_16BE), "UTF-16 without a byte order mark");
    refuses("PK\u0003\u0004....".getBytes(UTF_8), ".xlsx");
    byte[] cut = "\uFEFFsku,qty\nA,1\n".getBytes(UTF_16LE);
    refuses(Arrays.copyOf(cut, cut.length - 1), "line 2 is not UTF-16LE");
  }

  @Test
  void shouldReadAnotherEncodingWhenItIsNamed() throws IOException {
    ReadingOptions windows = new ReadingOptions(null, Charset.forName("windows-1252"), true);

    assertThat(rows("sku,qty\nKäse,2\n".getBytes(ISO_8859_1), windows))
        .containsExactly(new Row(2, List.of("Käse", "2")));
  }

  @Test
  void shouldSayThatGzipDataAreCutOff() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("sku,qty\n".getBytes(UTF_8));
      for (int i = 0; i < 50_000; i++) {
        gzip.write((Integer.toHexString(i * 7_919) + "," + i + "\n").getBytes(UTF_8));
      }
    }
    byte[] whole = bytes.toByteArray();

    assertThat(rows(whole, ReadingOptions.USUAL)).hasSize(50_000);
    refuses(Arrays.copyOf(whole, whole.length / 2), "the gzip data are cut off behind line ");
    refuses(Arrays.copyOf(whole, 30), "the gzip data are cut off");
    refuses(Arrays.copyOf(whole, 5), "the gzip data");
  }

  @Test
  void shouldRefuseAnEmptyFile() {
    refuses(new byte[0], "is empty");
    refuses("\n\n".getBytes(UTF_8), "is empty");
  }

  private void refuses(byte[] content, String why) {
    assertThatThrownBy(() -> rows(content, ReadingOptions.USUAL))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining(why);
  }

  private List<Row> rows(String text, String... columns) throws IOException {
    return rows(text.getBytes(UTF_8), ReadingOptions.USUAL, columns);
  }

  private List<Row> rows(byte[] content, ReadingOptions options, String... columns)
      throws IOException {
    Path file = Files.write(directory.resolve("file"), content);
    List<String> wanted = columns.length == 0 ? List.of("sku", "qty") : List.of(columns);
    List<Row> rows = new ArrayList<>();
    try (SourceFile source = SourceFile.open(file);
        Records records = Records.open(source, options, header -> header.containsAll(wanted))) {
      for (Row row = records.next(); row != null; row = records.next()) {
        rows.add(row);
      }
    }
    return rows;
  }
}
