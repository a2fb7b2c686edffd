package dev.holdfast.aggregator.storage;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * A walk over the rows of one family. Fetches a key once, as each look costs a native call. A walk
 * that a failed read ends throws.
 */
final class FamilyRows implements AutoCloseable {
  private final Family family;
  private final ViewSeal seal;
  private final RocksIterator iterator;
  private byte @Nullable [] key;

  FamilyRows(Family family, ViewSeal seal, RocksIterator iterator) {
    this.family = family;
    this.seal = seal;
    this.iterator = iterator;
  }

  /** Goes to the first row at a key or behind it. */
  void seek(byte[] from) {
    iterator.seek(from);
    look();
  }

  void seekToFirst() {
    iterator.seekToFirst();
    look();
  }

  /** Goes to the first row behind a key. */
  void seekBehind(byte[] after) {
    seek(Arrays.copyOf(after, after.length + 1));
  }

  /** Goes to the last row at a key or before it. */
  void seekBack(byte[] from) {
    iterator.seekForPrev(from);
    look();
  }

  void next() {
    iterator.next();
    look();
  }

  void previous() {
    iterator.prev();
    look();
  }

  void step(boolean back) {
    if (back) {
      previous();
    } else {
      next();
    }
  }

  private void look() {
    key = iterator.isValid() ? iterator.key() : null;
    if (key == null) {
      checkStatus();
    }
  }

  private void checkStatus() {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw ViewDatabase.unreadable(family, e);
    }
  }

  boolean isValid() {
    return key != null;
  }

  /** Whether the walk is at a row whose key starts so. */
  boolean isAt(byte[] prefix) {
    return key != null && ViewKeys.startsWith(key, prefix);
  }

  byte[] key() {
    return Objects.requireNonNull(key);
  }

  byte[] value() {
    return seal.open(family, key(), iterator.value());
  }

  @Override
  public void close() {
    iterator.close();
  }
}
