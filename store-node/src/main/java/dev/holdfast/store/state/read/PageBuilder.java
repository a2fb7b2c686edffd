package dev.holdfast.store.state.read;

import dev.holdfast.common.access.Stores;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.state.db.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gathers a page and knows when it has to end. For one walk over rows, in their order. */
final class PageBuilder<T> {
  private final PageBounds bounds;
  private final List<T> rows = new ArrayList<>();
  private long bytes;
  private int reads;
  private long readBytes;
  private @Nullable StockKey last;

  PageBuilder(PageBounds bounds) {
    this.bounds = bounds;
  }

  /** Whether no further row may be gone over; never before the first. */
  boolean isSpent() {
    return bytes >= bounds.bytesMax()
        || reads >= bounds.readsMax()
        || readBytes >= bounds.readBytesMax();
  }

  /** A record was parsed to see whether it is wanted. */
  void parsed(int recordBytes) {
    readBytes += recordBytes;
  }

  /** A row was gone over that is not wanted. */
  void skip(StockKey key) {
    reads++;
    last = key;
  }

  /**
   * A row was gone over that is wanted.
   *
   * @return false when the page has all rows that it may have: then it is not in it
   */
  boolean add(StockKey key, T row, int answerBytes) {
    if (rows.size() >= bounds.rowsMax()) {
      return false;
    }
    rows.add(row);
    bytes += answerBytes;
    reads++;
    last = key;
    return true;
  }

  /** Goes over all rows from where the cursor stands. */
  <K, V> Page<T> over(Cursor<K, V> rows, Predicate<Cursor<K, V>> take) {
    return over(rows, StoreRanges.of(Stores.ALL), take);
  }

  /**
   * Goes over rows from where the cursor stands.
   *
   * @param stores whose rows are gone over
   * @param take skips or adds a row; false when the page has no room for it
   */
  <K, V> Page<T> over(Cursor<K, V> rows, StoreRanges stores, Predicate<Cursor<K, V>> take) {
    for (; stores.reach(rows); rows.next()) {
      if (isSpent() || !take.test(rows)) {
        return ended();
      }
    }
    return complete();
  }

  /** The page when there is more behind it. */
  Page<T> ended() {
    return new Page<>(rows, last);
  }

  /** The page when all was gone over. */
  Page<T> complete() {
    return new Page<>(rows, null);
  }
}
