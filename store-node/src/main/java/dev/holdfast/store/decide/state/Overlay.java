package dev.holdfast.store.decide.state;

import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Values that are decided and perhaps not yet applied, by the sequence that decided them. Applied
 * ones stay as a cache, up to a bound: in a term nobody else writes, so they remain true. One entry
 * a key, changed in place: what lives long should be little, or the collector copies it about.
 */
final class Overlay<K, V> {
  private static final float LOAD = 0.75f;
  private static final int ENTRIES_FIRST = 1024;

  private final int cachedMax;
  private final LinkedHashMap<K, Entry<V>> leastUsedFirst =
      new LinkedHashMap<>(ENTRIES_FIRST, LOAD, true);

  Overlay(int cachedMax) {
    this.cachedMax = cachedMax;
  }

  /** A value, or no value for what was removed. Changes with the next write of its key. */
  static final class Entry<V> {
    private @Nullable V value;
    private long sequence;

    @Nullable V value() {
      return value;
    }

    long sequence() {
      return sequence;
    }
  }

  @Nullable Entry<V> find(K key) {
    return leastUsedFirst.get(key);
  }

  void put(K key, @Nullable V value, long sequence) {
    Entry<V> entry = leastUsedFirst.get(key);
    if (entry == null) {
      entry = new Entry<>();
      leastUsedFirst.put(key, entry);
    }
    entry.value = value;
    entry.sequence = sequence;
  }

  /** Lets go of applied values, those least in use first, until no more than the bound are left. */
  void prune(long appliedSequence) {
    Iterator<Entry<V>> oldest = leastUsedFirst.values().iterator();
    while (leastUsedFirst.size() > cachedMax && oldest.next().sequence <= appliedSequence) {
      oldest.remove();
    }
  }

  int size() {
    return leastUsedFirst.size();
  }
}
