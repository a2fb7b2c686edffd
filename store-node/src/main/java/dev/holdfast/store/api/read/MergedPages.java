package dev.holdfast.store.api.read;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.state.read.Page;
import dev.holdfast.store.state.read.PageBounds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Pages of several partitions as one, in the byte order of keys.
 *
 * @param key of a row
 * @param bytes about what a row takes in an answer
 */
public record MergedPages<T>(Function<T, StockKey> key, ToIntFunction<T> bytes) {
  /** Byte order of UTF-8, which is code point order and not that of Java's chars. */
  private static final Comparator<StockKey> BY_KEY =
      Comparator.comparing(StockKey::store, Utf8Order.INSTANCE)
          .thenComparing(StockKey::sku, Utf8Order.INSTANCE);

  /** Goes no further than the partition whose page ends first: behind that, rows may be missing. */
  public Page<T> of(List<Page<T>> parts, PageBounds bounds) {
    @Nullable StockKey end = firstEnd(parts);
    List<T> rows =
        parts.stream()
            .flatMap(part -> part.rows().stream())
            .filter(row -> end == null || BY_KEY.compare(key.apply(row), end) <= 0)
            .sorted(Comparator.comparing(key, BY_KEY))
            .toList();
    List<T> page = fitting(rows, bounds);
    return page.size() == rows.size()
        ? new Page<>(page, end)
        : new Page<>(page, key.apply(page.get(page.size() - 1)));
  }

  private static <T> @Nullable StockKey firstEnd(List<Page<T>> parts) {
    StockKey first = null;
    for (Page<T> part : parts) {
      StockKey end = part.end();
      if (end != null && (first == null || BY_KEY.compare(end, first) < 0)) {
        first = end;
      }
    }
    return first;
  }

  private List<T> fitting(List<T> rows, PageBounds bounds) {
    List<T> page = new ArrayList<>();
    long taken = 0;
    for (T row : rows) {
      if (page.size() >= bounds.rowsMax() || taken >= bounds.bytesMax()) {
        break;
      }
      page.add(row);
      taken += bytes.applyAsInt(row);
    }
    return page;
  }
}
