package dev.holdfast.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.output.Column;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ViewRowTest {
  @Test
  void shouldTellARateAndNoLatenciesWhenNothingWaited() {
    Map<String, @Nullable Object> told = told(new ViewRow("catch-up", 3, 500, 2.004, null));

    assertThat(told)
        .containsEntry("what", "catch-up")
        .containsEntry("count", 500L)
        .containsEntry("seconds", 2.0)
        .containsEntry("per_second", 250L)
        .containsEntry("p99_ms", null);
  }

  @Test
  void shouldTellLatenciesInMilliseconds() {
    Histogram micros = new Histogram(1_000_000, 3);
    micros.recordValue(1_500);

    assertThat(told(new ViewRow("lag", 1, 10, 1, micros))).containsEntry("p99_ms", 1.5);
  }

  private static Map<String, @Nullable Object> told(ViewRow row) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    for (Column<ViewRow> column : ViewRow.COLUMNS) {
      told.put(column.name(), column.value().apply(row));
    }
    return told;
  }
}
