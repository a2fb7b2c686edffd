package dev.holdfast.aggregator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.common.domain.StockKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The keys of movements. Formats are forever; golden bytes stand in the tests. */
final class MovementKeys {
  private MovementKeys() {}

  /** Store, zero byte, SKU, zero byte, sequence: an item's movements stand together, in order. */
  static byte[] movement(StockKey item, long sequence) {
    byte[] store = item.store().getBytes(UTF_8);
    byte[] sku = item.sku().getBytes(UTF_8);
    byte[] key = new byte[store.length + sku.length + 2 + Long.BYTES];
    System.arraycopy(store, 0, key, 0, store.length);
    System.arraycopy(sku, 0, key, store.length + 1, sku.length);
    ByteBuffer.wrap(key).putLong(key.length - Long.BYTES, sequence);
    return key;
  }

  static long sequence(byte[] key) {
    return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
  }

  /** Whether two keys are of one item. */
  static boolean isSameItem(byte[] key, byte[] other) {
    int length = key.length - Long.BYTES;
    return other.length == key.length && Arrays.equals(key, 0, length, other, 0, length);
  }

  static StockKey item(byte[] key) {
    String store = store(key);
    int from = store.getBytes(UTF_8).length + 1;
    return new StockKey(store, new String(key, from, key.length - Long.BYTES - 1 - from, UTF_8));
  }

  static String store(byte[] key) {
    int end = 0;
    while (key[end] != 0) {
      end++;
    }
    return new String(key, 0, end, UTF_8);
  }
}
