package dev.holdfast.store.state.db;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.state.Receipt;
import dev.holdfast.store.state.db.StateKeys.Channel;
import dev.holdfast.store.state.db.StateKeys.Expiry;
import dev.holdfast.store.state.db.StateKeys.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;

/**
 * The column families: the one table of the disk. A row has the family's number, its name, the
 * format since which it exists, how it is read, its keys and its values. An enum in all but its
 * type parameters, which let the compiler check keys and values.
 *
 * <p>Names, numbers and codecs never change. A family that is given up leaves its number in {@link
 * #RETIRED}.
 */
public final class Family<K, V> {
  /** Numbers of families that are gone; never used again. */
  static final Set<Integer> RETIRED = Set.of();

  private static final List<Family<?, ?>> ALL = new ArrayList<>();

  public static final Family<byte[], byte[]> META =
      new Family<>(0, "default", 1, Use.POINTS, StateKeys.NAME, StateRecords.META);
  public static final Family<StockKey, StockLevel> STOCK =
      new Family<>(1, "stock", 1, Use.POINTS, StateKeys.ITEM, StateRecords.STOCK);
  public static final Family<ReservationKey, Reservation> RESERVATIONS =
      new Family<>(
          2, "reservations", 1, Use.POINTS, StateKeys.RESERVATION, StateRecords.RESERVATION);
  public static final Family<ReceiptKey, Receipt> RECEIPTS =
      new Family<>(3, "receipts", 1, Use.POINTS, StateKeys.RECEIPT, StateRecords.RECEIPT);
  public static final Family<Long, byte[]> EVENTS =
      new Family<>(4, "events", 1, Use.LOG, StateKeys.SEQUENCE, StateRecords.BATCH);
  public static final Family<StockKey, Lease> LEASES =
      new Family<>(5, "leases", 3, Use.POINTS, StateKeys.ITEM, StateRecords.LEASE);
  public static final Family<String, Boolean> STORES =
      new Family<>(6, "stores", 3, Use.POINTS, StateKeys.STORE, StateRecords.STORE_FROZEN);
  public static final Family<TransferKey, Transfer> TRANSFERS =
      new Family<>(7, "transfers", 3, Use.POINTS, StateKeys.TRANSFER, StateRecords.TRANSFER);
  public static final Family<HandoverKey, Handover> HANDOVERS =
      new Family<>(8, "handovers", 3, Use.POINTS, StateKeys.HANDOVER, StateRecords.HANDOVER);
  public static final Family<Channel, byte[]> CHANNELS =
      new Family<>(9, "channels", 3, Use.POINTS, StateKeys.CHANNEL, StateRecords.CHANNEL);
  public static final Family<Expiry, byte[]> EXPIRIES =
      new Family<>(10, "expiries", 3, Use.INDEX, StateKeys.EXPIRY, StateRecords.NOTHING);
  public static final Family<Hold, Long> HOLDS =
      new Family<>(11, "holds", 3, Use.INDEX, StateKeys.HOLD, StateRecords.UNITS);

  private final int number;
  private final String name;
  private final int since;
  private final Use use;
  private final Codec<K> key;
  private final Codec<V> value;

  private Family(int number, String name, int since, Use use, Codec<K> key, Codec<V> value) {
    this.number = number;
    this.name = name;
    this.since = since;
    this.use = use;
    this.key = key;
    this.value = value;
    ALL.add(this);
  }

  /** How a family is read, for which RocksDB is set up. */
  enum Use {
    /** Single rows, by their keys. */
    POINTS,
    /** Large rows, one after the other. */
    LOG,
    /** Small rows, in short walks. */
    INDEX
  }

  /** All of them, by number. */
  public static List<Family<?, ?>> all() {
    return List.copyOf(ALL);
  }

  /** Whether a sealed database stores a hash of its keys: nobody walks over them. */
  boolean hidesKeys() {
    return this == RECEIPTS;
  }

  /** Whether a sealed database compresses its values itself. */
  boolean packsValues() {
    return use == Use.LOG;
  }

  /** Whether its rows are all key. */
  boolean isWithoutValues() {
    return value.equals(StateRecords.NOTHING);
  }

  int number() {
    return number;
  }

  public String columnFamily() {
    return name;
  }

  /** The format since which it exists. */
  int since() {
    return since;
  }

  Use use() {
    return use;
  }

  Codec<K> key() {
    return key;
  }

  Codec<V> value() {
    return value;
  }

  public ColumnFamilyDescriptor descriptor(ColumnFamilyOptions options) {
    return new ColumnFamilyDescriptor(name.getBytes(US_ASCII), options);
  }
}
