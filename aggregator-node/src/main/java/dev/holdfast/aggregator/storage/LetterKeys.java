package dev.holdfast.aggregator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.aggregator.deadletter.EventPlace;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.common.domain.StockKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The keys of dead letters. Formats are forever; golden bytes stand in the tests. */
final class LetterKeys {
  private static final int EVENT_BYTES = Integer.BYTES + Long.BYTES;

  private LetterKeys() {}

  /** Partition and sequence: what the keys of an event's letters start with. */
  static byte[] event(EventPlace place) {
    return ByteBuffer.allocate(EVENT_BYTES)
        .putInt(place.partition())
        .putLong(place.sequence())
        .array();
  }

  /** Partition, sequence, store, zero byte, SKU. */
  static byte[] letter(LetterId id) {
    byte[] store = id.item().store().getBytes(UTF_8);
    byte[] sku = id.item().sku().getBytes(UTF_8);
    return ByteBuffer.allocate(EVENT_BYTES + store.length + 1 + sku.length)
        .put(event(id.place()))
        .put(store)
        .put((byte) 0)
        .put(sku)
        .array();
  }

  static LetterId letter(byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(key);
    int partition = in.getInt();
    long sequence = in.getLong();
    String item = new String(key, EVENT_BYTES, key.length - EVENT_BYTES, UTF_8);
    int zero = item.indexOf('\0');
    StockKey names = new StockKey(item.substring(0, zero), item.substring(zero + 1));
    return new LetterId(partition, sequence, names);
  }

  /** SKU, zero byte, store, zero byte: the start of the keys of an item's open letters. */
  static byte[] ofItem(StockKey item) {
    byte[] names = ViewKeys.item(item);
    return Arrays.copyOf(names, names.length + 1);
  }

  /** SKU, zero byte, store, zero byte, partition, sequence. */
  static byte[] inOrder(LetterId id) {
    byte[] item = ofItem(id.item());
    return ByteBuffer.allocate(item.length + EVENT_BYTES).put(item).put(event(id.place())).array();
  }

  /** The store of a key whose SKU, with the zero byte behind it, has this length. */
  static String storeInOrder(byte[] key, int skuLength) {
    int end = key.length - EVENT_BYTES - 1;
    return new String(key, skuLength, end - skuLength, UTF_8);
  }

  /** The letter of a key that starts with {@link #ofItem}. */
  static LetterId inOrder(byte[] key, StockKey item) {
    ByteBuffer in = ByteBuffer.wrap(key, key.length - EVENT_BYTES, EVENT_BYTES);
    return new LetterId(in.getInt(), in.getLong(), item);
  }
}
