package dev.holdfast.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinesTest {
  @Test
  void shouldDivideAtNewlinesOfEitherKind() throws IOException {
    assertThat(all("a\r\nb\n\nc")).containsExactly("a", "b", "", "c");
  }

  @Test
  void shouldNotMakeALineOutOfTheLastNewline() throws IOException {
    assertThat(all("a\n")).containsExactly("a");
    assertThat(all("")).isEmpty();
  }

  @Test
  void shouldDropByteOrderMark() throws IOException {
    assertThat(all("\uFEFFstore\nx")).containsExactly("store", "x");
  }

  @Test
  void shouldCutLinesThatAreTooLongAndGoOnBehindThem() throws IOException {
    String endless = "x".repeat(1_000_000);

    List<String> lines = all(endless + "\nnext\n" + endless);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).hasSize(Lines.CHARS_MAX + 1);
    assertThat(lines.get(1)).isEqualTo("next");
    assertThat(lines.get(2)).hasSize(Lines.CHARS_MAX + 1);
  }

  @Test
  void shouldKeepLinesWholeAcrossBuffers() throws IOException {
    String line = "0123456789".repeat(1_000);

    assertThat(all((line + "\n").repeat(50))).hasSize(50).containsOnly(line);
  }

  private static List<String> all(String text) throws IOException {
    Lines lines = new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    List<String> all = new ArrayList<>();
    for (String line = lines.next(); line != null; line = lines.next()) {
      all.add(line);
      assertThat(lines.number()).isEqualTo(all.size());
    }
    return all;
  }
}
