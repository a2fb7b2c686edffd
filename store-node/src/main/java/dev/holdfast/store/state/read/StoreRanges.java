package dev.holdfast.store.state.read;

import dev.holdfast.common.access.Stores;
import dev.holdfast.store.state.db.Cursor;
import dev.holdfast.store.state.db.StateKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of some stores in a family whose keys begin with the store. Seeks past those of others,
 * of which a walk therefore tells nothing, not even where it ended. For one walk, forwards.
 */
final class StoreRanges {
  private final boolean all;
  private final List<Range> ranges;
  private int next;

  /** From one key to another, without the last. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Range(byte[] start, byte[] end) {}

  private StoreRanges(boolean all, List<Range> ranges) {
    this.all = all;
    this.ranges = ranges;
  }

  static StoreRanges of(Stores stores) {
    if (stores.isAll()) {
      return new StoreRanges(true, List.of());
    }
    List<Range> ranges = new ArrayList<>();
    stores.names().forEach(name -> ranges.add(ofName(StateKeys.ofStore(name))));
    stores.prefixes().forEach(prefix -> ranges.add(ofPrefix(StateKeys.ofStore(prefix))));
    ranges.sort(Comparator.comparing(Range::start, Arrays::compareUnsigned));
    return new StoreRanges(false, ranges);
  }

  /** The name, alone or with a zero byte and more behind it: no name holds control characters. */
  private static Range ofName(byte[] name) {
    byte[] end = Arrays.copyOf(name, name.length + 1);
    end[name.length] = 1;
    return new Range(name, end);
  }

  /** No byte of UTF-8 is the largest one. */
  private static Range ofPrefix(byte[] prefix) {
    byte[] end = prefix.clone();
    end[end.length - 1]++;
    return new Range(prefix, end);
  }

  /** Moves a walk on to a row of these stores, unless it stands on one; false when none is left. */
  boolean reach(Cursor<?, ?> rows) {
    if (all) {
      return rows.isValid();
    }
    while (rows.isValid()) {
      byte[] key = rows.keyBytes();
      while (next < ranges.size() && Arrays.compareUnsigned(key, ranges.get(next).end) >= 0) {
        next++;
      }
      if (next == ranges.size()) {
        return false;
      }
      byte[] start = ranges.get(next).start;
      if (Arrays.compareUnsigned(key, start) >= 0) {
        return true;
      }
      rows.seek(start);
    }
    return false;
  }
}
