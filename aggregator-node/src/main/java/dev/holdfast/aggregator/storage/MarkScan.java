package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.view.HistoryPage;
import dev.holdfast.aggregator.view.HistorySearch;
import dev.holdfast.aggregator.view.VisibleStores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;

/**
 * One walk along the marks of a search, on the snapshot of a cut. What is before the beginning of
 * its partition's history is not seen.
 */
final class MarkScan {
  /** What a filter holds back costs too: a page is short, or empty, rather than slow. */
  private static final int MARKS_READ_MAX = 50_000;

  private final ViewDatabase database;
  private final ReadOptions read;
  private final HistorySearch search;
  private final ToIntFunction<String> partitionOf;
  private final VisibleStores visible;
  private final byte[] start;
  private final Map<Integer, Long> since = new HashMap<>();

  MarkScan(
      ViewDatabase database,
      ReadOptions read,
      HistorySearch search,
      ToIntFunction<String> partitionOf,
      VisibleStores visible) {
    this.database = database;
    this.read = read;
    this.search = search;
    this.partitionOf = partitionOf;
    this.visible = visible;
    this.start = MarkKeys.start(search.key(), search.text());
  }

  HistoryPage page(byte[] after, int max) {
    List<HistoryPage.Entry> entries = new ArrayList<>();
    try (FamilyRows marks = database.rows(Family.MARKS, read)) {
      seek(marks, after);
      byte[] last = after;
      for (int looked = 0; isWanted(marks); looked++) {
        if (entries.size() == max || looked == MARKS_READ_MAX) {
          return new HistoryPage(entries, last);
        }
        last = marks.key();
        HistoryPage.Entry entry = entry(last);
        if (entry != null) {
          entries.add(entry);
        }
        marks.step(search.newestFirst());
      }
      return new HistoryPage(entries, new byte[0]);
    }
  }

  private void seek(FamilyRows marks, byte[] after) {
    if (search.newestFirst()) {
      seekBefore(marks, after.length > 0 ? after : MarkKeys.at(start, search.toMillis() + 1));
    } else if (after.length > 0) {
      marks.seekBehind(after);
    } else {
      marks.seek(MarkKeys.at(start, search.fromMillis()));
    }
  }

  private static void seekBefore(FamilyRows marks, byte[] key) {
    marks.seekBack(key);
    if (marks.isValid() && Arrays.equals(marks.key(), key)) {
      marks.previous();
    }
  }

  private boolean isWanted(FamilyRows marks) {
    if (!marks.isAt(start)) {
      return false;
    }
    long time = MarkKeys.parse(marks.key(), start.length).timeMillis();
    return search.newestFirst() ? time >= search.fromMillis() : time <= search.toMillis();
  }

  private HistoryPage.@Nullable Entry entry(byte[] key) {
    MarkKeys.Mark mark = MarkKeys.parse(key, start.length);
    String store = mark.item().store();
    if (!visible.has(store)
        || !search.matches(store, mark.item().sku())
        || mark.sequence() <= since(store)) {
      return null;
    }
    byte[] target = mark.target();
    byte[] value =
        database.get(mark.isRefusal() ? Family.REFUSALS : Family.MOVEMENTS, read, target);
    if (value == null) {
      return null;
    }
    return mark.isRefusal()
        ? new HistoryPage.Entry(key, null, MovementCodec.refused(target, value))
        : new HistoryPage.Entry(key, MovementCodec.movement(target, value), null);
  }

  private long since(String store) {
    return since.computeIfAbsent(
        partitionOf.applyAsInt(store),
        partition -> new StoredRecords(database, read).historySince(partition).sequence());
  }
}
