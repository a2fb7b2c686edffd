package dev.holdfast.common.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Digest of stock records: order-independent, 128 bits, with totals. Two sets of records are equal
 * when their digests are. Each change costs two hashes, whatever the number of records.
 *
 * @param low sum of the first halves of the records' hashes, modulo 2^64
 * @param high sum of the second halves
 * @param onHand sum in units, modulo 2^64
 * @param reserved sum in units, modulo 2^64
 * @param netShipped sum in units, modulo 2^64
 */
public record StateDigest(
    long low, long high, long records, long onHand, long reserved, long netShipped) {
  /** Of no records. */
  public static final StateDigest EMPTY = new StateDigest(0, 0, 0, 0, 0, 0);

  private static final HashFunction HASH = Hashing.murmur3_128();
  private static final int NUMBERS_BYTES = 6 * Long.BYTES;

  /** The digest after a record came to be (before is null) or changed. */
  public StateDigest changed(StockKey item, @Nullable StockLevel before, StockLevel after) {
    byte[] record = record(item);
    StateDigest without = before == null ? this : minus(of(record, before));
    return without.plus(of(record, after));
  }

  /** The digest after a record was added. */
  public StateDigest with(StockKey item, StockLevel level) {
    return plus(of(record(item), level));
  }

  /**
   * The digest after a record was added.
   *
   * @param key UTF-8 store, a zero byte, UTF-8 SKU
   */
  public StateDigest with(byte[] key, StockLevel level) {
    return plus(of(Arrays.copyOf(key, key.length + NUMBERS_BYTES), level));
  }

  /** Of both sets of records together; they have none in common. */
  public StateDigest plus(StateDigest other) {
    return new StateDigest(
        low + other.low,
        high + other.high,
        records + other.records,
        onHand + other.onHand,
        reserved + other.reserved,
        netShipped + other.netShipped);
  }

  private StateDigest minus(StateDigest other) {
    return new StateDigest(
        low - other.low,
        high - other.high,
        records - other.records,
        onHand - other.onHand,
        reserved - other.reserved,
        netShipped - other.netShipped);
  }

  /** Store, zero byte, SKU, and room for the numbers. */
  private static byte[] record(StockKey item) {
    byte[] store = item.store().getBytes(UTF_8);
    byte[] sku = item.sku().getBytes(UTF_8);
    return ByteBuffer.allocate(store.length + 1 + sku.length + NUMBERS_BYTES)
        .put(store)
        .put((byte) 0)
        .put(sku)
        .array();
  }

  private static StateDigest of(byte[] record, StockLevel level) {
    ByteBuffer.wrap(record)
        .order(ByteOrder.LITTLE_ENDIAN)
        .position(record.length - NUMBERS_BYTES)
        .putLong(level.onHand())
        .putLong(level.reserved())
        .putLong(level.version())
        .putLong(level.netShipped())
        .putLong(level.safetyStock())
        .putLong(level.state().number());
    ByteBuffer hash =
        ByteBuffer.wrap(HASH.hashBytes(record).asBytes()).order(ByteOrder.LITTLE_ENDIAN);
    return new StateDigest(
        hash.getLong(), hash.getLong(), 1, level.onHand(), level.reserved(), level.netShipped());
  }
}
