package dev.holdfast.store.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The format of a database, written into it when it is made and checked when it is opened. */
final class StateFormat {
  /**
   * 3: levels have terms and what transfers moved; 2: the applied state has the digest of the
   * stock.
   */
  private static final byte[] FORMAT = {3};

  private StateFormat() {}

  /**
   * Opens a database, a new one in this format.
   *
   * @throws IOException when that can not be, or it has another format
   */
  static PartitionDb open(Path path, RocksMemory memory) throws IOException {
    try {
      PartitionDb db = PartitionDb.open(path, memory);
      check(db, path);
      return db;
    } catch (RocksDBException e) {
      throw new IOException("can not open the state in " + path + ": " + e.getMessage(), e);
    }
  }

  /** Closes a database of another format. */
  private static void check(PartitionDb db, Path path) throws RocksDBException, IOException {
    byte[] format = db.get(db.meta, StateKeys.FORMAT);
    if (format == null) {
      write(db);
    } else if (!Arrays.equals(format, FORMAT)) {
      db.close();
      throw new IOException(
          "the state in %s has format %d, not %d: wipe this node's data directory and start it again"
              .formatted(path, format[0], FORMAT[0]));
    }
  }

  private static void write(PartitionDb db) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(db.meta, StateKeys.FORMAT, FORMAT);
      db.write(batch);
    }
  }
}
