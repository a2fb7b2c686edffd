package dev.holdfast.aggregator.storage;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** A write in the making: rows of any families, which are stored all at once or not at all. */
record FamilyWrite(ViewDatabase database, WriteBatch batch) {
  private static final byte[] NOTHING = new byte[0];

  /** Puts a row that is all key. */
  void put(Family family, byte[] key) {
    put(family, key, NOTHING);
  }

  void put(Family family, byte[] key, byte[] value) {
    try {
      byte[] stored = database.seal().key(family, key);
      batch.put(database.handle(family), stored, database.seal().seal(family, stored, value));
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  void delete(Family family, byte[] key) {
    try {
      batch.delete(database.handle(family), database.seal().key(family, key));
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  /** The keys are those of a family that hides none. */
  void deleteRange(Family family, byte[] from, byte[] before) {
    try {
      batch.deleteRange(database.handle(family), from, before);
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  static StorageException failed(RocksDBException cause) {
    return new StorageException("cannot write the view", cause);
  }
}
