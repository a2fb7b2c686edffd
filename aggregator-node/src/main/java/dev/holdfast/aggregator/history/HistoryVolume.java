package dev.holdfast.aggregator.history;

import java.util.Map;
import java.util.TreeMap;

/** Bytes of history, by time. */
final class HistoryVolume implements MovementStore.Kept {
  private static final long SLICE_MILLIS = 600_000;

  private final TreeMap<Long, Long> bytesBySlice = new TreeMap<>();

  @Override
  public void add(long timeMillis, long bytes) {
    bytesBySlice.merge(Math.floorDiv(timeMillis, SLICE_MILLIS), bytes, Long::sum);
  }

  /** The time before which everything goes, so that the rest fits; the newest slice stays. */
  long firstThatFits(long bytesMax) {
    long bytes = 0;
    long newer = Long.MAX_VALUE;
    for (Map.Entry<Long, Long> slice : bytesBySlice.descendingMap().entrySet()) {
      bytes += slice.getValue();
      if (bytes > bytesMax && newer != Long.MAX_VALUE) {
        return newer * SLICE_MILLIS;
      }
      newer = slice.getKey();
    }
    return Long.MIN_VALUE;
  }

  void clear() {
    bytesBySlice.clear();
  }
}
