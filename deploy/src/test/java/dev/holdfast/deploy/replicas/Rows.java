package dev.holdfast.deploy.replicas;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A walk over the rows of one family of one node, in the order of their keys. */
final class Rows implements AutoCloseable {
  private final String node;
  private final String family;
  private final OpenedValues values;
  private final RocksIterator iterator;

  Rows(String node, String family, RocksDB db, ColumnFamilyHandle handle, OpenedValues values) {
    this.node = node;
    this.family = family;
    this.values = values;
    this.iterator = db.newIterator(handle);
    iterator.seekToFirst();
  }

  String node() {
    return node;
  }

  void seek(byte[] key) {
    iterator.seek(key);
  }

  /** Whether the walk stands on a row; a walk that ends because rows are damaged is an error. */
  boolean isValid() {
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
      return false;
    } catch (RocksDBException e) {
      throw new IllegalStateException("cannot read the rows of " + node, e);
    }
  }

  byte[] key() {
    return iterator.key();
  }

  byte[] value() {
    return values.open(family, iterator.key(), iterator.value());
  }

  void next() {
    iterator.next();
  }

  @Override
  public void close() {
    iterator.close();
  }
}
