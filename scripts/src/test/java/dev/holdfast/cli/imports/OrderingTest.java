package dev.holdfast.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.imports.file.ReadingOptions;
import dev.holdfast.cli.imports.file.SourceFile;
import dev.holdfast.cli.imports.file.UnreadableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OrderingTest {
  @TempDir Path directory = Path.of("");

  @Test
  void shouldSortByNumbersAndKeepTheFilesOrderAmongEquals() throws Exception {
    assertThat(skus("10", "9", "9.0", "-1", "4")).containsExactly("s4", "s5", "s2", "s3", "s1");
  }

  @Test
  void shouldSortByTimes() throws Exception {
    assertThat(skus("2026-11-30 09:00", "2026-11-30", "2026-11-29T23:59:59.5"))
        .containsExactly("s3", "s2", "s1");
    assertThat(skus("2026-11-30 09:00:00 +0100", "2026-11-30T08:30:00Z", "2026-11-30 07:00:00Z"))
        .containsExactly("s3", "s1", "s2");
  }

  @Test
  void shouldReadAFileThatIsNewestFirstFromItsEnd() throws Exception {
    assertThat(skus("3", "2", "2", "1")).containsExactly("s4", "s3", "s2", "s1");
  }

  @Test
  void shouldLeaveAFileThatNeverChangesAsItIs() throws Exception {
    assertThat(skus("3", "3", "3")).containsExactly("s1", "s2", "s3");
  }

  @Test
  void shouldRefuseWhatHasNoOrder() {
    assertThatThrownBy(() -> skus("2026-11-30", "30/11/2026"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("--order-by at: line 3: '30/11/2026' is neither");
    assertThatThrownBy(() -> skus("2026-11-30T08:30:00Z", "2026-11-30T08:31:00"))
        .hasMessageContaining("line 3")
        .hasMessageContaining("offset from UTC");
    assertThatThrownBy(() -> skus("1", "")).hasMessageContaining("line 2: '1' is neither");
  }

  @Test
  void shouldStillNameMalformedLines() throws Exception {
    Ordering ordering = ordering("s1,1,2\ns2,x,1\ns3,1,1\n");

    assertThatThrownBy(ordering::next).isInstanceOf(MalformedLineException.class);
    assertThat(ordering.line()).isEqualTo(3);
    assertThat(all(ordering)).containsExactly("s3", "s1");
  }

  @Test
  void shouldRefuseMoreLinesThanItKeeps() {
    String lines = "s1,1,2\n".repeat(Ordering.LINES_MAX + 1);

    assertThatThrownBy(() -> ordering(lines))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("at most 200000 lines");
  }

  private List<String> skus(String... places) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < places.length; i++) {
      lines.append("s").append(i + 1).append(",1,").append(places[i]).append('\n');
    }
    return all(ordering(lines.toString()));
  }

  private static List<String> all(Ordering ordering) throws Exception {
    List<String> skus = new ArrayList<>();
    for (FileMovement next = ordering.next(); next != null; next = ordering.next()) {
      assertThat(next.line()).isEqualTo(ordering.line());
      skus.add(next.item().sku());
    }
    return skus;
  }

  private Ordering ordering(String lines) throws IOException {
    Path file = Files.writeString(directory.resolve("m.csv"), "sku,qty,at\n" + lines);
    Layout layout =
        Layout.plain()
            .withFixed(java.util.Map.of(Layout.Field.store, "Oslo", Layout.Field.op, "receive"));
    MovementReader reader =
        new MovementReader(SourceFile.open(file), ReadingOptions.USUAL, layout, new LineKeys("k-"));
    return new Ordering(reader, "at");
  }
}
