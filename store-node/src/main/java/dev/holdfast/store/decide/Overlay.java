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
  private final Map<K, Entry<V>> entries = new HashMap<>();
  private final ArrayDeque<Written<K>> order = new ArrayDeque<>();

  Overlay(int cachedMax) {
    this.cachedMax = cachedMax;
  }

  /** A value, or a null value for what was removed. */
  record Entry<V>(@Nullable V value, long sequence) {}

  private record Written<K>(K key, long sequence) {}

  @Nullable Entry<V> find(K key) {
    return entries.get(key);
  }

  void put(K key, @Nullable V value, long sequence) {
    entries.put(key, new Entry<>(value, sequence));
    order.addLast(new Written<>(key, sequence));
  }

  /** Lets go of the oldest applied values until no more than the bound are left. */
  void prune(long appliedSequence) {
    while (order.size() > cachedMax && order.peekFirst().sequence() <= appliedSequence) {
      Written<K> oldest = order.removeFirst();
      Entry<V> entry = entries.get(oldest.key());
      if (entry != null && entry.sequence() == oldest.sequence()) {
        entries.remove(oldest.key());
      }
    }
  }

  int size() {
    return entries.size();
  }
}
