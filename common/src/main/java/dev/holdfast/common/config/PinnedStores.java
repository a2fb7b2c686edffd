package dev.holdfast.common.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Stores that are pinned to a partition instead of being placed by hash. */
public record PinnedStores(Map<String, Integer> partitions) {
  public static final PinnedStores NONE = new PinnedStores(Map.of());

  public PinnedStores {
    partitions = Map.copyOf(partitions);
  }

  /**
   * Reads a list such as {@code United Kingdom=0;Germany=1}; empty for none.
   *
   * @throws IllegalArgumentException that describes the mistake
   */
  public static PinnedStores parse(String text) {
    if (text.isBlank()) {
      return NONE;
    }
    Map<String, Integer> partitions = new LinkedHashMap<>();
    for (String pin : text.split(";", -1)) {
      int equals = pin.lastIndexOf('=');
      String store = equals < 0 ? "" : pin.substring(0, equals).trim();
      if (store.isEmpty() || !pin.substring(equals + 1).trim().matches("\\d{1,9}")) {
        throw new IllegalArgumentException("must be a list of store=partition with ';' between");
      }
      if (partitions.put(store, Integer.valueOf(pin.substring(equals + 1).trim())) != null) {
        throw new IllegalArgumentException("names the store '" + store + "' twice");
      }
    }
    return new PinnedStores(partitions);
  }
}
