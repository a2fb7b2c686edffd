package dev.holdfast.store.state.db;

import dev.holdfast.common.crypt.ValueCipher;
import dev.holdfast.store.state.fault.StateFault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;

/**
 * The rows of one family in one open database. All rows are read and written here, and sealed and
 * opened when the database is sealed; keys and values of callers are never sealed.
 */
public final class Table<K, V> {
  private static final byte[] NOTHING = {};

  private final RocksDB db;
  private final ColumnFamilyHandle handle;
  private final Family<K, V> family;
  private final RowSeal seal;

  /**
   * @param cipher null when the database is not sealed
   */
  public Table(
      RocksDB db, ColumnFamilyHandle handle, Family<K, V> family, @Nullable ValueCipher cipher) {
    this.db = db;
    this.handle = handle;
    this.family = family;
    this.seal = new RowSeal(family, cipher);
  }

  public @Nullable V get(K key) {
    byte[] value = bytes(key);
    return value == null ? null : family.value().decode(value);
  }

  /** As of a snapshot. */
  public @Nullable V get(ReadOptions snapshot, K key) {
    byte[] value = bytes(snapshot, key);
    return value == null ? null : family.value().decode(value);
  }

  private byte @Nullable [] bytes(K key) {
    try {
      byte[] stored = seal.key(family.key().encode(key));
      byte[] value = db.get(handle, stored);
      return value == null ? null : seal.open(stored, value);
    } catch (RocksDBException e) {
      throw readingFailed(e);
    }
  }

  /** An encoded value, for who needs its size as well. */
  public byte @Nullable [] bytes(ReadOptions snapshot, K key) {
    try {
      byte[] stored = seal.key(family.key().encode(key));
      byte[] value = db.get(handle, snapshot, stored);
      return value == null ? null : seal.open(stored, value);
    } catch (RocksDBException e) {
      throw readingFailed(e);
    }
  }

  private static StateFault readingFailed(RocksDBException cause) {
    return new StateFault("reading failed: " + cause.getMessage(), cause);
  }

  /** Walks rows; the options must outlive the cursor. */
  public Cursor<K, V> scan(ReadOptions options) {
    return new Cursor<>(db.newIterator(handle, options), family, seal, NOTHING, List.of());
  }

  /** Walks the rows before a key, and touches none behind them. */
  public Cursor<K, V> scanBefore(byte[] end, ReadOptions options) {
    return bounded(end, NOTHING, options);
  }

  /**
   * Walks the rows whose keys start with a prefix that ends with a zero byte, or all when it is
   * empty.
   */
  public Cursor<K, V> scanPrefix(byte[] prefix, ReadOptions options) {
    return prefix.length == 0
        ? scan(options)
        : bounded(StateKeys.behindAll(prefix), prefix, options);
  }

  private Cursor<K, V> bounded(byte[] end, byte[] prefix, ReadOptions options) {
    Slice bound = new Slice(end);
    ReadOptions bounded = new ReadOptions(options).setIterateUpperBound(bound);
    return new Cursor<>(
        db.newIterator(handle, bounded), family, seal, prefix, List.of(bounded, bound));
  }

  /** Visits all rows. */
  public void forEach(ReadOptions options, BiConsumer<K, V> visitor) {
    try (Cursor<K, V> rows = scan(options)) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        visitor.accept(rows.key(), rows.value());
      }
    }
  }

  /** The keys of the rows whose values are wanted. */
  public Set<K> keys(ReadOptions options, Predicate<V> wanted) {
    Set<K> keys = new HashSet<>();
    forEach(
        options,
        (key, value) -> {
          if (wanted.test(value)) {
            keys.add(key);
          }
        });
    return keys;
  }

  /** About the bytes on disk of the rows from one key to another. */
  long bytesBetween(K from, K end) {
    try (Slice first = new Slice(family.key().encode(from));
        Slice behind = new Slice(family.key().encode(end))) {
      List<Range> range = List.of(new Range(first, behind));
      return db.getApproximateSizes(handle, range, SizeApproximationFlag.INCLUDE_FILES)[0];
    }
  }

  public void put(WriteBatch batch, K key, V value) {
    putEncoded(batch, family.key().encode(key), family.value().encode(value));
  }

  public void delete(WriteBatch batch, K key) {
    deleteEncoded(batch, family.key().encode(key));
  }

  /** Deletes the rows from one key to another, without the last. */
  void deleteRange(WriteBatch batch, K from, K end) {
    try {
      batch.deleteRange(handle, family.key().encode(from), family.key().encode(end));
    } catch (RocksDBException e) {
      throw fillingFailed(e);
    }
  }

  public void putEncoded(WriteBatch batch, byte[] key, byte[] value) {
    try {
      byte[] stored = seal.key(key);
      batch.put(handle, stored, seal.seal(stored, value));
    } catch (RocksDBException e) {
      throw fillingFailed(e);
    }
  }

  public void deleteEncoded(WriteBatch batch, byte[] key) {
    try {
      batch.delete(handle, seal.key(key));
    } catch (RocksDBException e) {
      throw fillingFailed(e);
    }
  }

  private static StateFault fillingFailed(RocksDBException cause) {
    return new StateFault("filling a write batch failed: " + cause.getMessage(), cause);
  }
}
