package dev.holdfast.aggregator.storage;

import dev.holdfast.common.crypt.DatabaseKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileManager;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** An open RocksDB with its column families and the native objects that it needs. */
final class ViewDatabase implements AutoCloseable {
  private static final long BLOCK_CACHE_BYTES = 64L << 20;
  private static final long MEMTABLE_BYTES = 16L << 20;
  private static final long WAL_BYTES_MAX = 128L << 20;
  private static final int BACKGROUND_JOBS = 2;
  private static final int BLOOM_BITS = 10;
  private static final int INFO_LOGS_KEPT = 3;
  private static final long INFO_LOG_BYTES_MAX = 16L << 20;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  /** Native objects, closed last first. */
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  private final DatabaseUses uses = new DatabaseUses();
  private final DiskRoom room = new DiskRoom(BETWEEN_TRIES);
  private final ReadOptions now;
  private final ViewSeal seal;
  private final RocksDB db;
  private final BlockBasedTableConfig tables;
  private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);

  /**
   * Opens a database, or makes one.
   *
   * @param keys that seal its rows; null when they lie there as they are
   */
  ViewDatabase(Path directory, @Nullable DatabaseKeys keys) throws RocksDBException {
    RocksDB.loadLibrary();
    seal = new ViewSeal(keys);
    if (keys != null) {
      own(keys);
    }
    now = own(new ReadOptions());
    tables = tables();
    try {
      db = open(directory);
    } catch (RocksDBException e) {
      closeOwned();
      throw e;
    }
  }

  private RocksDB open(Path directory) throws RocksDBException {
    ColumnFamilyOptions family = own(familyOptions());
    DBOptions options = own(databaseOptions());
    // with it, RocksDB takes writes again by itself when a full disk has room
    options.setSstFileManager(own(new SstFileManager(Env.getDefault())));
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (Family each : Family.values()) {
      descriptors.add(each.descriptor(family));
    }
    List<ColumnFamilyHandle> opened = new ArrayList<>();
    RocksDB database = own(RocksDB.open(options, directory.toString(), descriptors, opened));
    Iterator<ColumnFamilyHandle> next = opened.iterator();
    for (Family each : Family.values()) {
      handles.put(each, next.next());
    }
    return database;
  }

  private BlockBasedTableConfig tables() {
    return new BlockBasedTableConfig()
        .setBlockCache(own(new LRUCache(BLOCK_CACHE_BYTES)))
        .setFilterPolicy(own(new BloomFilter(BLOOM_BITS)))
        .setCacheIndexAndFilterBlocks(true) // so that memory is bounded by the cache
        .setPinL0FilterAndIndexBlocksInCache(true);
  }

  /** Of tables that are written past the database. */
  Options tableOptions() {
    return new Options()
        .setTableFormatConfig(tables)
        .setCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  private ColumnFamilyOptions familyOptions() {
    return new ColumnFamilyOptions()
        .setTableFormatConfig(tables)
        .setWriteBufferSize(MEMTABLE_BYTES)
        .setCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  private static DBOptions databaseOptions() {
    return new DBOptions()
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setMaxTotalWalSize(WAL_BYTES_MAX)
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setKeepLogFileNum(INFO_LOGS_KEPT)
        .setMaxLogFileSize(INFO_LOG_BYTES_MAX);
  }

  private <T extends AutoCloseable> T own(T nativeObject) {
    owned.push(nativeObject);
    return nativeObject;
  }

  /** Whoever is not the writer says that it uses the database. */
  DatabaseUses uses() {
    return uses;
  }

  /** Stores what a write is filled with; waits while the disk is full. */
  void write(WriteOptions options, Consumer<FamilyWrite> filling) {
    try (WriteBatch batch = new WriteBatch()) {
      filling.accept(new FamilyWrite(this, batch));
      room.await(() -> db.write(options, batch));
    } catch (RocksDBException e) {
      throw FamilyWrite.failed(e);
    }
  }

  /** Single records as they are now. */
  StoredRecords records() {
    return new StoredRecords(this, now);
  }

  /** The value of a key now; null when there is none. */
  byte @Nullable [] get(Family family, byte[] key) {
    return get(family, now, key);
  }

  byte @Nullable [] get(Family family, ReadOptions read, byte[] key) {
    try {
      byte[] stored = seal.key(family, key);
      byte[] value = db.get(handle(family), read, stored);
      return value == null ? null : seal.open(family, stored, value);
    } catch (RocksDBException e) {
      throw unreadable(family, e);
    }
  }

  static StorageException unreadable(Family family, RocksDBException cause) {
    return new StorageException("cannot read the family " + family.columnFamily(), cause);
  }

  /** A walk over the rows of a family, which has yet to go somewhere. */
  FamilyRows rows(Family family) {
    return rows(family, now);
  }

  FamilyRows rows(Family family, ReadOptions read) {
    return new FamilyRows(family, seal, db.newIterator(handle(family), read));
  }

  ViewSeal seal() {
    return seal;
  }

  DiskRoom room() {
    return room;
  }

  RocksDB db() {
    return db;
  }

  ColumnFamilyHandle handle(Family family) {
    return Objects.requireNonNull(handles.get(family));
  }

  @Override
  public void close() {
    handles.values().forEach(ColumnFamilyHandle::close);
    closeOwned();
  }

  private void closeOwned() {
    while (!owned.isEmpty()) {
      closeOne(owned.pop());
    }
  }

  private static void closeOne(AutoCloseable nativeObject) {
    try {
      nativeObject.close();
    } catch (Exception e) {
      throw new IllegalStateException("native objects close without exceptions", e);
    }
  }
}
