package dev.holdfast.store.state.db;

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
public final class StateKeys {
  static final Codec<byte[]> NAME = Codec.bytes("`applied`; `format`");
  static final Codec<StockKey> ITEM =
      new Codec<>("store, 0, SKU", StateKeys::of, StateKeys::stockKey);
  static final Codec<ReservationKey> RESERVATION =
      new Codec<>("store, 0, reservation", StateKeys::of, StateKeys::reservationKey);
  static final Codec<ReceiptKey> RECEIPT =
      new Codec<>("principal, 0, idempotency key", StateKeys::of, StateKeys::receiptKey);
  static final Codec<Long> SEQUENCE =
      new Codec<>("first sequence (8)", StateKeys::ofSequence, StateKeys::sequence);
  static final Codec<String> STORE =
      new Codec<>("store", StateKeys::ofStore, key -> new String(key, StandardCharsets.UTF_8));
  static final Codec<TransferKey> TRANSFER =
      new Codec<>("source store, 0, transfer", StateKeys::of, StateKeys::transferKey);
  static final Codec<HandoverKey> HANDOVER =
      new Codec<>("destination partition (4), number (8)", StateKeys::of, StateKeys::handoverKey);
  static final Codec<Channel> CHANNEL =
      new Codec<>("`o` or `i`, other partition (4)", StateKeys::of, StateKeys::channel);
  static final Codec<Expiry> EXPIRY =
      new Codec<>("millis (8), kind (1), store, 0, reservation", StateKeys::of, StateKeys::expiry);
  static final Codec<Hold> HOLD =
      new Codec<>("store, 0, SKU, 0, reservation", StateKeys::of, StateKeys::hold);

  public static final byte[] APPLIED = ascii("applied");
  public static final byte[] FORMAT = ascii("format");

  private static final byte OUTBOUND = 'o';
  private static final byte INBOUND = 'i';

  /** Leases are another kind. */
  private static final byte EXPIRY_OF_RESERVATION = 1;

  private StateKeys() {}

  /** One direction to or from another partition. */
  public record Channel(boolean isOutbound, int partition) {
    public static Channel to(int partition) {
      return new Channel(true, partition);
    }

    public static Channel from(int partition) {
      return new Channel(false, partition);
    }
  }

  /** A reservation and when it expires. */
  public record Expiry(long millis, ReservationKey reservation) {}

  /** An item and a reservation that holds some of it. */
  public record Hold(StockKey item, ReservationKey reservation) {}

  public static byte[] of(StockKey item) {
    return pair(item.store(), item.sku());
  }

  public static byte[] of(ReservationKey key) {
    return pair(key.store(), key.reservationId());
  }

  public static byte[] of(ReceiptKey key) {
    return pair(key.principal(), key.idempotencyKey());
  }

  public static byte[] of(TransferKey key) {
    return pair(key.store(), key.transferId());
  }

  public static byte[] of(HandoverKey key) {
    return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
        .putInt(key.destinationPartition())
        .putLong(key.number())
        .array();
  }

  private static HandoverKey handoverKey(byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(key);
    return new HandoverKey(in.getInt(), in.getLong());
  }

  private static byte[] of(Channel channel) {
    return ByteBuffer.allocate(1 + Integer.BYTES)
        .put(channel.isOutbound() ? OUTBOUND : INBOUND)
        .putInt(channel.partition())
        .array();
  }

  private static Channel channel(byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(key);
    return new Channel(in.get() == OUTBOUND, in.getInt());
  }

  private static byte[] of(Expiry expiry) {
    return ofExpiry(expiry.millis(), expiry.reservation());
  }

  private static Expiry expiry(byte[] key) {
    return new Expiry(expiryMillis(key), expiring(key));
  }

  private static byte[] of(Hold hold) {
    return ofHold(hold.item(), hold.reservation().reservationId());
  }

  private static Hold hold(byte[] key) {
    int zero = lastZero(key);
    StockKey item = stockKey(Arrays.copyOf(key, zero));
    String id = new String(key, zero + 1, key.length - zero - 1, StandardCharsets.UTF_8);
    return new Hold(item, new ReservationKey(item.store(), id));
  }

  /** By item, then by reservation. */
  public static byte[] ofHold(StockKey item, String reservationId) {
    byte[] held = of(item);
    byte[] id = reservationId.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(held.length + 1 + id.length).put(held).put((byte) 0).put(id).array();
  }

  private static int lastZero(byte[] key) {
    int zero = key.length - 1;
    while (key[zero] != 0) {
      zero--;
    }
    return zero;
  }

  /** All holds of an item start with this. */
  public static byte[] holdPrefix(StockKey item) {
    return ofHold(item, "");
  }

  /** By time, and within a time by kind. */
  public static byte[] ofExpiry(long millis, ReservationKey key) {
    byte[] reservation = of(key);
    return ByteBuffer.allocate(Long.BYTES + 1 + reservation.length)
        .putLong(millis)
        .put(EXPIRY_OF_RESERVATION)
        .put(reservation)
        .array();
  }

  /** Before all that is due at a time or later. */
  public static byte[] ofExpiry(long millis) {
    return ofSequence(millis);
  }

  public static long expiryMillis(byte[] key) {
    return sequence(key);
  }

  public static boolean isExpiryOfReservation(byte[] key) {
    return key[Long.BYTES] == EXPIRY_OF_RESERVATION;
  }

  public static ReservationKey expiring(byte[] key) {
    return reservationKey(Arrays.copyOfRange(key, Long.BYTES + 1, key.length));
  }

  private static ReceiptKey receiptKey(byte[] key) {
    StockKey pair = stockKey(key);
    return new ReceiptKey(pair.store(), pair.sku());
  }

  static ReservationKey reservationKey(byte[] key) {
    StockKey pair = stockKey(key);
    return new ReservationKey(pair.store(), pair.sku());
  }

  public static byte[] ofSequence(long sequence) {
    return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
  }

  static long sequence(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  public static byte[] ofStore(String store) {
    return store.getBytes(StandardCharsets.UTF_8);
  }

  /** All keys of a store start with this. */
  public static byte[] storePrefix(String store) {
    return pair(store, "");
  }

  /** Behind all keys that start with a prefix which ends with a zero byte. */
  public static byte[] behindAll(byte[] prefix) {
    byte[] end = prefix.clone();
    end[end.length - 1] = 1; // no id holds a control character
    return end;
  }

  public static TransferKey transferKey(byte[] key) {
    StockKey pair = stockKey(key);
    return new TransferKey(pair.store(), pair.sku());
  }

  public static StockKey stockKey(byte[] key) {
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
