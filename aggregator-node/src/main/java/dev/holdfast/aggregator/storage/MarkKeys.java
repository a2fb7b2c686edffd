package dev.holdfast.aggregator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.aggregator.view.EventHeader;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.RefusedCommand;
import dev.holdfast.aggregator.view.SearchKey;
import dev.holdfast.common.domain.StockKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys by which movements and refusals are found. Formats are forever; golden bytes stand in
 * the tests.
 */
final class MarkKeys {
  private static final byte MOVEMENT = 0;
  private static final byte REFUSAL = 1;
  private static final int PLACE_BYTES = Long.BYTES + Long.BYTES + 1;

  private MarkKeys() {}

  /** Where a mark leads. */
  record Mark(long timeMillis, long sequence, boolean isRefusal, StockKey item) {
    /** The key of the movement or refusal. */
    byte[] target() {
      return MovementKeys.movement(item, sequence);
    }
  }

  static List<byte[]> of(Movement movement) {
    List<byte[]> keys = new ArrayList<>();
    add(keys, movement.header(), MOVEMENT, movement.item());
    if (movement.ranOut()) {
      keys.add(key(start(SearchKey.RAN_OUT, ""), movement.header(), MOVEMENT, movement.item()));
    }
    return keys;
  }

  static List<byte[]> of(RefusedCommand refused) {
    List<byte[]> keys = new ArrayList<>();
    add(keys, refused.header(), REFUSAL, refused.item());
    keys.add(key(start(SearchKey.REFUSED, ""), refused.header(), REFUSAL, refused.item()));
    return keys;
  }

  private static void add(List<byte[]> keys, EventHeader header, byte what, StockKey item) {
    add(keys, start(SearchKey.REFERENCE, header.reference()), header, what, item);
    add(keys, start(SearchKey.REQUEST, header.origin().requestId()), header, what, item);
    add(keys, start(SearchKey.RESERVATION, header.facts().reservationId()), header, what, item);
  }

  private static void add(
      List<byte[]> keys, byte[] start, EventHeader header, byte what, StockKey item) {
    if (start.length > 2) { // there is a text
      keys.add(key(start, header, what, item));
    }
  }

  /** What it is found by, and a zero byte, which no text holds. */
  static byte[] start(SearchKey searchKey, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    byte[] start = new byte[1 + bytes.length + 1];
    start[0] = (byte) searchKey.number();
    System.arraycopy(bytes, 0, start, 1, bytes.length);
    return start;
  }

  private static byte[] key(byte[] start, EventHeader header, byte what, StockKey item) {
    byte[] store = item.store().getBytes(UTF_8);
    byte[] sku = item.sku().getBytes(UTF_8);
    return ByteBuffer.allocate(start.length + PLACE_BYTES + store.length + 1 + sku.length)
        .put(start)
        .putLong(header.timeMillis())
        .putLong(header.sequence())
        .put(what)
        .put(store)
        .put((byte) 0)
        .put(sku)
        .array();
  }

  /** The first possible key of a time. */
  static byte[] at(byte[] start, long timeMillis) {
    return ByteBuffer.allocate(start.length + Long.BYTES).put(start).putLong(timeMillis).array();
  }

  static Mark parse(byte[] key, int startLength) {
    ByteBuffer in = ByteBuffer.wrap(key, startLength, PLACE_BYTES);
    long timeMillis = in.getLong();
    long sequence = in.getLong();
    boolean isRefusal = in.get() == REFUSAL;
    int from = startLength + PLACE_BYTES;
    String names = new String(key, from, key.length - from, UTF_8);
    int zero = names.indexOf('\0');
    StockKey item = new StockKey(names.substring(0, zero), names.substring(zero + 1));
    return new Mark(timeMillis, sequence, isRefusal, item);
  }
}
