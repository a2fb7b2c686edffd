package dev.holdfast.aggregator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.common.domain.StockKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The keys of the column families. Formats are forever; golden bytes stand in the tests. */
final class ViewKeys {
  /** The one key of the meta column family. */
  static final byte[] META = "view".getBytes(UTF_8);

  private ViewKeys() {}

  /** SKU, zero byte, store: no SKU holds a zero byte, so a SKU's stores stand together. */
  static byte[] item(StockKey item) {
    byte[] sku = item.sku().getBytes(UTF_8);
    byte[] store = item.store().getBytes(UTF_8);
    byte[] key = Arrays.copyOf(sku, sku.length + 1 + store.length);
    System.arraycopy(store, 0, key, sku.length + 1, store.length);
    return key;
  }

  static byte[] sku(String sku) {
    return sku.getBytes(UTF_8);
  }

  /** What the keys of all stores of a SKU start with; also the first key after the SKU itself. */
  static byte[] storesOf(byte[] sku) {
    return Arrays.copyOf(sku, sku.length + 1);
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** The store of a key that starts with {@link #storesOf}. */
  static String store(byte[] itemKey, int prefixLength) {
    return new String(itemKey, prefixLength, itemKey.length - prefixLength, UTF_8);
  }

  /** The SKU and store of a key. */
  static StockKey parse(byte[] itemKey) {
    int end = 0;
    while (itemKey[end] != 0) {
      end++;
    }
    return new StockKey(store(itemKey, end + 1), new String(itemKey, 0, end, UTF_8));
  }

  static byte[] violation(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  static long violationId(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  static byte[] partition(int partition) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(partition).array();
  }
}
