package dev.holdfast.cli.drill.model;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A map of immutable rows whose changes can be taken back. */
final class Table<K, V> {
  private final Map<K, V> rows = new HashMap<>();
  private final Undo undo;

  Table(Undo undo) {
    this.undo = undo;
  }

  @Nullable V get(K key) {
    undo.looked(key);
    return rows.get(key);
  }

  V getOrDefault(K key, V absent) {
    V row = get(key);
    return row == null ? absent : row;
  }

  /** Sets a row; null removes it. */
  void put(K key, @Nullable V row) {
    V before = set(key, row);
    undo.changed(key, () -> set(key, before));
  }

  private @Nullable V set(K key, @Nullable V row) {
    return row == null ? rows.remove(key) : rows.put(key, row);
  }

  void forEach(BiConsumer<K, V> consumer) {
    rows.forEach(consumer);
  }

  Map<K, V> copy() {
    return Map.copyOf(rows);
  }
}
