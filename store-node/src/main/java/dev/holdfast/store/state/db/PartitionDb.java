package dev.holdfast.store.state.db;

import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.store.state.fault.StateFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One open RocksDB of a partition. There is no write-ahead log: the Raft log is it. Column families
 * are flushed together, so what is on disk is always the state after some batch.
 */
public final class PartitionDb implements AutoCloseable {
  private static final int BLOOM_BITS = 10;
  private static final long INFO_LOG_BYTES_MAX = 16L << 20;
  private static final long WRITE_BUFFER_BYTES = 32L << 20;

  private final RocksDB db;
  private final List<ColumnFamilyHandle> handles;
  private final Map<Family<?, ?>, Table<?, ?>> tables = new HashMap<>();
  private final EventLog log;
  private final @Nullable DatabaseKeys keys;
  private final List<AutoCloseable> owned;
  private final WriteOptions noWal = new WriteOptions().setDisableWAL(true);
  private final ReadOptions latest = new ReadOptions();

  /**
   * @param handles of all families, by number
   */
  private PartitionDb(
      RocksDB db,
      List<ColumnFamilyHandle> handles,
      @Nullable DatabaseKeys keys,
      List<AutoCloseable> owned) {
    this.db = db;
    this.handles = List.copyOf(handles);
    this.keys = keys;
    for (int i = 0; i < handles.size(); i++) {
      Family<?, ?> family = Family.all().get(i);
      tables.put(
          family, new Table<>(db, handles.get(i), family, keys == null ? null : keys.cipher()));
    }
    this.log = new EventLog(this);
    this.owned = owned;
  }

  /**
   * Opens a database, or makes a new one.
   *
   * @param keys that seal its rows; null when they lie there as they are
   */
  public static PartitionDb open(Path path, RocksMemory memory, @Nullable DatabaseKeys keys)
      throws RocksDBException {
    StateFormat.checkFamilies(path);
    BloomFilter bloom = new BloomFilter(BLOOM_BITS);
    ColumnFamilyOptions points = family().setMemtablePrefixBloomSizeRatio(0.02);
    points.setMemtableWholeKeyFiltering(true);
    points.setTableFormatConfig(tables(memory).setFilterPolicy(bloom));
    // What is sealed does not shrink any more.
    ColumnFamilyOptions log =
        family()
            .setCompressionType(
                keys == null ? CompressionType.LZ4_COMPRESSION : CompressionType.NO_COMPRESSION);
    log.setTableFormatConfig(tables(memory));
    ColumnFamilyOptions index = family();
    index.setTableFormatConfig(tables(memory));
    DBOptions options = options(memory);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (Family<?, ?> family : Family.all()) {
      descriptors.add(
          family.descriptor(
              switch (family.use()) {
                case POINTS -> points;
                case LOG -> log;
                case INDEX -> index;
              }));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    RocksDB db = RocksDB.open(options, path.toString(), descriptors, handles);
    return new PartitionDb(db, handles, keys, List.of(options, points, log, index, bloom));
  }

  private static DBOptions options(RocksMemory memory) {
    return new DBOptions()
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setAtomicFlush(true)
        .setWriteBufferManager(memory.memtables())
        .setMaxBackgroundJobs(2)
        .setAllowConcurrentMemtableWrite(false) // one writer: the thread that applies
        .setParanoidChecks(true)
        .setKeepLogFileNum(3)
        .setMaxLogFileSize(INFO_LOG_BYTES_MAX)
        .setMaxOpenFiles(512);
  }

  private static ColumnFamilyOptions family() {
    return new ColumnFamilyOptions()
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setLevelCompactionDynamicLevelBytes(true);
  }

  private static BlockBasedTableConfig tables(RocksMemory memory) {
    return new BlockBasedTableConfig()
        .setBlockCache(memory.blockCache())
        .setCacheIndexAndFilterBlocks(true)
        .setPinL0FilterAndIndexBlocksInCache(true);
  }

  @SuppressWarnings("unchecked") // each table was made of its family
  public <K, V> Table<K, V> table(Family<K, V> family) {
    return (Table<K, V>) Objects.requireNonNull(tables.get(family));
  }

  /** Whether its rows are sealed. */
  boolean isSealed() {
    return keys != null;
  }

  public EventLog log() {
    return log;
  }

  /** For reads that belong to no snapshot. */
  public ReadOptions latest() {
    return latest;
  }

  public void write(WriteBatch batch) {
    try {
      db.write(noWal, batch);
    } catch (RocksDBException e) {
      throw new StateFault("writing failed: " + e.getMessage(), e);
    }
  }

  public long sum(String property) {
    try {
      long sum = 0;
      for (ColumnFamilyHandle family : handles) {
        sum += db.getLongProperty(family, property);
      }
      return sum;
    } catch (RocksDBException e) {
      throw new StateFault("reading " + property + " failed: " + e.getMessage(), e);
    }
  }

  public RocksDB db() {
    return db;
  }

  /** Hard links of everything, memtables flushed; with the keys of what is sealed. */
  public void checkpoint(Path target) {
    try (Checkpoint checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(target.toString());
      if (keys != null) {
        keys.copyTo(target);
      }
    } catch (RocksDBException | IOException e) {
      throw new StateFault("making a checkpoint failed: " + e.getMessage(), e);
    }
  }

  public void flush() {
    try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
      db.flush(options, handles);
    } catch (RocksDBException e) {
      throw new StateFault("flushing failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    for (ColumnFamilyHandle family : handles) {
      family.close();
    }
    db.close();
    noWal.close();
    latest.close();
    if (keys != null) {
      keys.close();
    }
    for (AutoCloseable each : owned) {
      closeQuietly(each);
    }
  }

  private static void closeQuietly(AutoCloseable each) {
    try {
      each.close();
    } catch (Exception e) {
      throw new StateFault("closing options failed", e);
    }
  }
}
