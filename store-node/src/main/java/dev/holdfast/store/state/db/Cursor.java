package dev.holdfast.store.state.db;

import dev.holdfast.store.state.fault.StateFault;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A walk over rows in the order of their keys. For one thread; native memory, so it is closed. */
public final class Cursor<K, V> implements AutoCloseable {
  private final RocksIterator rows;
  private final Family<K, V> family;
  private final RowSeal seal;
  private final byte[] prefix;
  private final List<AbstractNativeReference> owned;

  /**
   * @param prefix of the keys that belong to the walk
   * @param owned closed with it
   */
  Cursor(
      RocksIterator rows,
      Family<K, V> family,
      RowSeal seal,
      byte[] prefix,
      List<AbstractNativeReference> owned) {
    this.rows = rows;
    this.family = family;
    this.seal = seal;
    this.prefix = prefix;
    this.owned = owned;
  }

  public void seekToFirst() {
    rows.seekToFirst();
  }

  public void seek(byte[] key) {
    rows.seek(key);
  }

  /** Goes to the first row behind a key. */
  public void seekBehind(byte[] key) {
    rows.seek(key);
    if (rows.isValid() && Arrays.equals(rows.key(), key)) {
      rows.next();
    }
  }

  /** Goes to a key, or to the last row before it. */
  void seekForPrev(K key) {
    rows.seekForPrev(family.key().encode(key));
  }

  public void next() {
    rows.next();
  }

  /**
   * Whether the walk stands on a row.
   *
   * @throws StateFault when it ended because the rows cannot be read
   */
  public boolean isValid() {
    if (rows.isValid()) {
      return prefix.length == 0 || startsWith(rows.key());
    }
    try {
      rows.status();
      return false;
    } catch (RocksDBException e) {
      throw new StateFault("reading failed: " + e.getMessage(), e);
    }
  }

  private boolean startsWith(byte[] key) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  public K key() {
    return family.key().decode(rows.key());
  }

  public V value() {
    return family.value().decode(valueBytes());
  }

  public byte[] keyBytes() {
    return rows.key();
  }

  public byte[] valueBytes() {
    return seal.open(rows.key(), rows.value());
  }

  @Override
  public void close() {
    rows.close();
    owned.forEach(AbstractNativeReference::close);
  }
}
