package dev.holdfast.deploy.replicas;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Changes a database behind the back of its node, so that the comparison has something to find. */
public final class PlantedRows {
  private final RocksDB db;
  private final Map<String, ColumnFamilyHandle> families;

  private PlantedRows(RocksDB db, Map<String, ColumnFamilyHandle> families) {
    this.db = db;
    this.families = families;
  }

  /** Changes rows. */
  public interface Change {
    void make(PlantedRows rows) throws RocksDBException;
  }

  /** Opens the database in a directory, or makes one, and changes it. */
  public static void change(Path directory, Change change) {
    RocksDB.loadLibrary();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options = new DBOptions().setCreateIfMissing(true);
        RocksDB db = RocksDB.open(options, directory.toString(), all(directory), handles)) {
      Map<String, ColumnFamilyHandle> families = new HashMap<>();
      for (ColumnFamilyHandle handle : handles) {
        families.put(new String(handle.getName(), US_ASCII), handle);
      }
      change.make(new PlantedRows(db, families));
      families.values().forEach(ColumnFamilyHandle::close);
    } catch (RocksDBException e) {
      throw new IllegalStateException("cannot change " + directory, e);
    }
  }

  private static List<ColumnFamilyDescriptor> all(Path directory) throws RocksDBException {
    if (!Files.exists(directory.resolve("CURRENT"))) {
      create(directory);
      return List.of(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
    }
    try (Options plain = new Options()) {
      return RocksDB.listColumnFamilies(plain, directory.toString()).stream()
          .map(ColumnFamilyDescriptor::new)
          .toList();
    }
  }

  private static void create(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a row; makes the family when there is none. */
  public void put(String family, byte[] key, byte[] value) throws RocksDBException {
    if (!families.containsKey(family)) {
      families.put(family, db.createColumnFamily(descriptor(family)));
    }
    db.put(families.get(family), key, value);
  }

  private static ColumnFamilyDescriptor descriptor(String family) {
    return new ColumnFamilyDescriptor(family.getBytes(US_ASCII));
  }

  public void delete(String family, byte[] key) throws RocksDBException {
    db.delete(families.get(family), key);
  }

  /** Flips a bit of the first value of a family. */
  public void flipBit(String family) throws RocksDBException {
    try (RocksIterator rows = db.newIterator(families.get(family))) {
      rows.seekToFirst();
      byte[] value = rows.value();
      value[value.length - 1] ^= 1;
      db.put(families.get(family), rows.key(), value);
    }
  }
}
