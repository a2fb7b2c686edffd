package dev.holdfast.store.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.state.read.Page;
import dev.holdfast.store.state.read.PageBounds;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MergedPagesTest {
  private static final MergedPages<StockKey> PAGES = new MergedPages<>(key -> key, key -> 10);
  private static final PageBounds WIDE = PageBounds.of(100);

  @Test
  void shouldOrderTheRowsOfAllParts() {
    Page<StockKey> page = PAGES.of(List.of(part(null, "b", "d"), part(null, "a", "c")), WIDE);

    assertThat(page).isEqualTo(part(null, "a", "b", "c", "d"));
  }

  /** What is behind the end of one part is not known of that part. */
  @Test
  void shouldGoNoFurtherThanThePartThatEndsFirst() {
    List<Page<StockKey>> parts = List.of(part("c", "a", "b"), part(null, "b2", "d"), part("e"));

    assertThat(PAGES.of(parts, WIDE)).isEqualTo(part("c", "a", "b", "b2"));
    assertThat(PAGES.of(List.of(part("c"), part(null, "d")), WIDE)).isEqualTo(part("c"));
  }

  @Test
  void shouldEndByRowsOrBytesAtItsLastRow() {
    List<Page<StockKey>> parts = List.of(part(null, "a", "c"), part("d", "b", "d"));

    assertThat(PAGES.of(parts, PageBounds.of(3))).isEqualTo(part("c", "a", "b", "c"));
    assertThat(PAGES.of(parts, new PageBounds(9, 11, 9, 9))).isEqualTo(part("b", "a", "b"));
    assertThat(PAGES.of(parts, PageBounds.of(4))).isEqualTo(part("d", "a", "b", "c", "d"));
  }

  private static Page<StockKey> part(@Nullable String end, String... rows) {
    return new Page<>(
        Stream.of(rows).map(MergedPagesTest::key).toList(), end == null ? null : key(end));
  }

  private static StockKey key(String id) {
    return new StockKey("store", id);
  }
}
