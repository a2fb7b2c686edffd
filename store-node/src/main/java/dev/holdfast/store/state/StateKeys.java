package dev.holdfast.store.state;

import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.TransferKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of the column families. Ids hold no control characters, so a zero byte parts them and
 * keeps byte order equal to the order of (first, second).
 */
final class StateKeys {
  static final byte[] APPLIED = ascii("applied");
  static final byte[] FORMAT = ascii("format");

  /** What the keys of outbound channels begin with. */
  static final byte OUTBOUND = 'o';

  private static final byte INBOUND = 'i';

  /** Leases are another kind. */
  private static final byte EXPIRY_OF_RESERVATION = 1;

  private StateKeys() {}

  static byte[] of(StockKey item) {
    return pair(item.store(), item.sku());
  }

  static byte[] of(ReservationKey key) {
    return pair(key.store(), key.reservationId());
  }

  static byte[] of(ReceiptKey key) {
    return pair(key.principal(), key.idempotencyKey());
  }

  static byte[] of(TransferKey key) {
    return pair(key.store(), key.transferId());
  }

  static byte[] of(HandoverKey key) {
    return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
        .putInt(key.destinationPartition())
        .putLong(key.number())
        .array();
  }

  static byte[] ofOutbound(int destinationPartition) {
    return ByteBuffer.allocate(1 + Integer.BYTES)
        .put(OUTBOUND)
        .putInt(destinationPartition)
        .array();
  }

  static byte[] ofInbound(int sourcePartition) {
    return ByteBuffer.allocate(1 + Integer.BYTES).put(INBOUND).putInt(sourcePartition).array();
  }

  /** Of the index of what holds an item: by item, then by reservation. */
  static byte[] ofHold(StockKey item, String reservationId) {
    byte[] held = of(item);
    byte[] id = reservationId.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(held.length + 1 + id.length).put(held).put((byte) 0).put(id).array();
  }

  /** The item of a hold. */
  static StockKey heldItem(byte[] key) {
    return stockKey(Arrays.copyOf(key, lastZero(key)));
  }

  /** The reservation of a hold. */
  static ReservationKey holder(byte[] key) {
    String id =
        new String(Arrays.copyOfRange(key, lastZero(key) + 1, key.length), StandardCharsets.UTF_8);
    return new ReservationKey(heldItem(key).store(), id);
  }

  private static int lastZero(byte[] key) {
    int zero = key.length - 1;
    while (key[zero] != 0) {
      zero--;
    }
    return zero;
  }

  /** All holds of an item start with this. */
  static byte[] holdPrefix(StockKey item) {
    return ofHold(item, "");
  }

  /** What is due is sorted by time, and of a time by kind. */
  static byte[] ofExpiry(long millis, ReservationKey key) {
    byte[] reservation = of(key);
    return ByteBuffer.allocate(Long.BYTES + 1 + reservation.length)
        .putLong(millis)
        .put(EXPIRY_OF_RESERVATION)
        .put(reservation)
        .array();
  }

  /** Before all that is due at a time or later. */
  static byte[] ofExpiry(long millis) {
    return ofSequence(millis);
  }

  static long expiryMillis(byte[] key) {
    return sequence(key);
  }

  static boolean isExpiryOfReservation(byte[] key) {
    return key[Long.BYTES] == EXPIRY_OF_RESERVATION;
  }

  static ReservationKey expiring(byte[] key) {
    return reservationKey(Arrays.copyOfRange(key, Long.BYTES + 1, key.length));
  }

  static ReservationKey reservationKey(byte[] key) {
    StockKey pair = stockKey(key);
    return new ReservationKey(pair.store(), pair.sku());
  }

  static byte[] ofSequence(long sequence) {
    return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
  }

  static long sequence(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  static byte[] ofStore(String store) {
    return store.getBytes(StandardCharsets.UTF_8);
  }

  /** All keys of a store start with this. */
  static byte[] storePrefix(String store) {
    return pair(store, "");
  }

  static TransferKey transferKey(byte[] key) {
    StockKey pair = stockKey(key);
    return new TransferKey(pair.store(), pair.sku());
  }

  static StockKey stockKey(byte[] key) {
    int zero = 0;
    while (key[zero] != 0) {
      zero++;
    }
    return new StockKey(
        new String(key, 0, zero, StandardCharsets.UTF_8),
        new String(key, zero + 1, key.length - zero - 1, StandardCharsets.UTF_8));
  }

  private static byte[] pair(String first, String second) {
    byte[] a = first.getBytes(StandardCharsets.UTF_8);
    byte[] b = second.getBytes(StandardCharsets.UTF_8);
    byte[] key = new byte[a.length + 1 + b.length];
    System.arraycopy(a, 0, key, 0, a.length);
    System.arraycopy(b, 0, key, a.length + 1, b.length);
    return key;
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
