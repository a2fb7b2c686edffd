package dev.holdfast.store.decide;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that are decided and perhaps not yet applied, by the sequence that decided them. Applied
 * ones stay as a cache, up to a bound: in a term nobody else writes, so they remain true.
 */
final class Overlay<K, V> {
  private final int cachedMax;
  private final Map<K, Entry<K, V>> entries = new HashMap<>();
  private final ArrayDeque<Entry<K, V>> order = new ArrayDeque<>();

  Overlay(int cachedMax) {
    this.cachedMax = cachedMax;
  }

  /** A value, or no value for what was removed. */
  static final class Entry<K, V> {
    private final K key;
    private final @Nullable V value;
    private final long sequence;
    private boolean replaced;

    private Entry(K key, @Nullable V value, long sequence) {
      this.key = key;
      this.value = value;
      this.sequence = sequence;
    }

    @Nullable V value() {
      return value;
    }

    long sequence() {
      return sequence;
    }
  }

  @Nullable Entry<K, V> find(K key) {
    return entries.get(key);
  }

  void put(K key, @Nullable V value, long sequence) {
    Entry<K, V> entry = new Entry<>(key, value, sequence);
    Entry<K, V> before = entries.put(key, entry);
    if (before != null) {
      before.replaced = true;
    }
    order.addLast(entry);
  }

  /** Lets go of the oldest applied values until no more than the bound are left. */
  void prune(long appliedSequence) {
    while (order.size() > cachedMax && order.peekFirst().sequence <= appliedSequence) {
      Entry<K, V> oldest = order.removeFirst();
      if (!oldest.replaced) {
        entries.remove(oldest.key);
      }
    }
  }

  int size() {
    return entries.size();
  }
}
