package dev.holdfast.deploy.replicas;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.common.crypt.Encryption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * The database of a node that has ended, open to be read. The options of the nodes are not needed:
 * they have no comparator or merge operator of their own. Nothing is written into the directory.
 */
final class NodeDatabase implements AutoCloseable {
  private final String node;
  private final DBOptions options;
  private final Logger silent;
  private final OpenedValues values;
  private final RocksDB db;
  private final Map<String, ColumnFamilyHandle> families = new LinkedHashMap<>();

  NodeDatabase(String node, Path directory, Encryption encryption) {
    this.node = node;
    this.values = new OpenedValues(node, directory, encryption);
    this.silent = silent();
    this.options = new DBOptions();
    options.setLogger(silent);
    try {
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      this.db = RocksDB.openReadOnly(options, directory.toString(), all(directory), handles);
      for (ColumnFamilyHandle handle : handles) {
        families.put(new String(handle.getName(), US_ASCII), handle);
      }
    } catch (RocksDBException e) {
      options.close();
      silent.close();
      throw new IllegalStateException("cannot open the database of " + node, e);
    }
  }

  /** Without one, RocksDB would write a log into the directory. */
  private static Logger silent() {
    return new Logger(InfoLogLevel.FATAL_LEVEL) {
      @Override
      protected void log(InfoLogLevel level, String message) {}
    };
  }

  private static List<ColumnFamilyDescriptor> all(Path directory) throws RocksDBException {
    try (Options plain = new Options()) {
      return RocksDB.listColumnFamilies(plain, directory.toString()).stream()
          .map(ColumnFamilyDescriptor::new)
          .toList();
    }
  }

  /** Whether its values are encrypted, and some of its keys hashed. */
  boolean isSealed() {
    return values.areSealed();
  }

  String node() {
    return node;
  }

  Set<String> families() {
    return families.keySet();
  }

  /** One value; null when there is none. */
  byte @Nullable [] get(String family, byte[] key) {
    try {
      ColumnFamilyHandle handle = families.get(family);
      byte[] stored = handle == null ? null : db.get(handle, key);
      return stored == null ? null : values.open(family, key, stored);
    } catch (RocksDBException e) {
      throw new IllegalStateException("cannot read the rows of " + node, e);
    }
  }

  /** All rows of a family that it has. */
  Rows rows(String family) {
    ColumnFamilyHandle handle = families.get(family);
    if (handle == null) {
      throw new IllegalArgumentException(node + " has no family " + family);
    }
    return new Rows(node, family, db, handle, values);
  }

  @Override
  public void close() {
    families.values().forEach(ColumnFamilyHandle::close);
    db.close();
    options.close();
    silent.close();
  }
}
