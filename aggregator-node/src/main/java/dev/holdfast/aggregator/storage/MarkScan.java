package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.view.Found;
import dev.holdfast.aggregator.view.HistorySearch;
import dev.holdfast.aggregator.view.HistorySince;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

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
  private final byte[] start;
  private final Map<Integer, Long> since = new HashMap<>();

  MarkScan(
      ViewDatabase database,
      ReadOptions read,
      HistorySearch search,
      ToIntFunction<String> partitionOf) {
    this.database = database;
    this.read = read;
    this.search = search;
    this.partitionOf = partitionOf;
    this.start = MarkKeys.start(search.clue(), search.text());
  }

  Found page(byte[] after, int max) {
    List<Found.Entry> entries = new ArrayList<>();
    try (RocksIterator marks = database.db().newIterator(database.handle(Family.MARKS), read)) {
      seek(marks, after);
      byte[] last = after;
      for (int looked = 0; isWanted(marks); looked++) {
        if (entries.size() == max || looked == MARKS_READ_MAX) {
          return new Found(entries, last);
        }
        last = marks.key();
        Found.Entry entry = entry(last);
        if (entry != null) {
          entries.add(entry);
        }
        step(marks);
      }
      marks.status();
      return new Found(entries, new byte[0]);
    } catch (RocksDBException e) {
      throw new StorageException("cannot read the history", e);
    }
  }

  private void seek(RocksIterator marks, byte[] after) {
    if (search.newestFirst()) {
      seekBefore(marks, after.length > 0 ? after : MarkKeys.at(start, search.toMillis() + 1));
    } else {
      marks.seek(
          after.length > 0
              ? Arrays.copyOf(after, after.length + 1)
              : MarkKeys.at(start, search.fromMillis()));
    }
  }

  private static void seekBefore(RocksIterator marks, byte[] key) {
    marks.seekForPrev(key);
    if (marks.isValid() && Arrays.equals(marks.key(), key)) {
      marks.prev();
    }
  }

  private void step(RocksIterator marks) {
    if (search.newestFirst()) {
      marks.prev();
    } else {
      marks.next();
    }
  }

  private boolean isWanted(RocksIterator marks) {
    if (!marks.isValid() || !MarkKeys.startsWith(marks.key(), start)) {
      return false;
    }
    long time = MarkKeys.parse(marks.key(), start.length).timeMillis();
    return search.newestFirst() ? time >= search.fromMillis() : time <= search.toMillis();
  }

  private Found.@Nullable Entry entry(byte[] key) throws RocksDBException {
    MarkKeys.Mark mark = MarkKeys.parse(key, start.length);
    String store = mark.item().store();
    if (!search.matches(store, mark.item().sku()) || mark.sequence() <= since(store)) {
      return null;
    }
    byte[] target = mark.target();
    var family =
        mark.isRefusal() ? database.handle(Family.REFUSALS) : database.handle(Family.MOVEMENTS);
    byte[] value = database.db().get(family, read, target);
    if (value == null) {
      return null;
    }
    return mark.isRefusal()
        ? new Found.Entry(key, null, MovementCodec.refused(target, value))
        : new Found.Entry(key, MovementCodec.movement(target, value), null);
  }

  private long since(String store) throws RocksDBException {
    int partition = partitionOf.applyAsInt(store);
    Long known = since.get(partition);
    if (known == null) {
      byte[] bytes =
          database.db().get(database.handle(Family.HISTORY), read, ViewKeys.partition(partition));
      HistorySince found = bytes == null ? HistorySince.BEGINNING : MovementCodec.since(bytes);
      known = found.sequence();
      since.put(partition, known);
    }
    return known;
  }
}
