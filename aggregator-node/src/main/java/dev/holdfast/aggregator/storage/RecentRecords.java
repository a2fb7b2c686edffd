package dev.holdfast.aggregator.storage;

import java.util.LinkedHashMap;
import java.util.Map;

/** The records that were used last, up to a bound. For one thread. */
final class RecentRecords<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private static final float LOAD_FACTOR = 0.75f;

  private final int recordsMax;

  RecentRecords(int recordsMax) {
    super(16, LOAD_FACTOR, true);
    this.recordsMax = recordsMax;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > recordsMax;
  }
}
