package dev.holdfast.store.state;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One open RocksDB of a partition. There is no write-ahead log: the Raft log is it. Column families
 * are flushed together, so what is on disk is always the state after some batch.
 */
final class PartitionDb implements AutoCloseable {
  /** Name of the column family of the stock. */
  static final String STOCK = "stock";

  /** Name of the column family of what reservations hold. */
  static final String HOLDS = "holds";

  /** Name of the column family of the reservations. */
  static final String RESERVATIONS = "reservations";

  private static final int BLOOM_BITS = 10;
  private static final long INFO_LOG_BYTES_MAX = 16L << 20;
  private static final long WRITE_BUFFER_BYTES = 32L << 20;

  final ColumnFamilyHandle meta;
  final ColumnFamilyHandle stock;
  final ColumnFamilyHandle reservations;
  final ColumnFamilyHandle receipts;
  final ColumnFamilyHandle events;
  final ColumnFamilyHandle leases;
  final ColumnFamilyHandle stores;
  final ColumnFamilyHandle transfers;
  final ColumnFamilyHandle handovers;
  final ColumnFamilyHandle channels;

  /** What is due when: an index of the reservations. */
  final ColumnFamilyHandle expiries;

  /** Who holds what: an index of the reservations. */
  final ColumnFamilyHandle holds;

  private final List<ColumnFamilyHandle> all;
  private final RocksDB db;
  private final List<AutoCloseable> owned;
  private final WriteOptions noWal = new WriteOptions().setDisableWAL(true);

  private PartitionDb(RocksDB db, List<ColumnFamilyHandle> families, List<AutoCloseable> owned) {
    this.db = db;
    this.meta = families.get(0);
    this.stock = families.get(1);
    this.reservations = families.get(2);
    this.receipts = families.get(3);
    this.events = families.get(4);
    this.leases = families.get(5);
    this.stores = families.get(6);
    this.transfers = families.get(7);
    this.handovers = families.get(8);
    this.channels = families.get(9);
    this.expiries = families.get(10);
    this.holds = families.get(11);
    this.all = List.copyOf(families);
    this.owned = owned;
  }

  static PartitionDb open(Path path, RocksMemory memory) throws RocksDBException {
    BloomFilter bloom = new BloomFilter(BLOOM_BITS);
    ColumnFamilyOptions points = family().setMemtablePrefixBloomSizeRatio(0.02);
    points.setMemtableWholeKeyFiltering(true);
    points.setTableFormatConfig(tables(memory).setFilterPolicy(bloom));
    ColumnFamilyOptions log = family().setCompressionType(CompressionType.LZ4_COMPRESSION);
    log.setTableFormatConfig(tables(memory));
    ColumnFamilyOptions index = family();
    index.setTableFormatConfig(tables(memory));
    DBOptions options = options(memory);
    List<ColumnFamilyHandle> families = new ArrayList<>();
    List<ColumnFamilyDescriptor> descriptors =
        List.of(
            descriptor("default", points),
            descriptor(STOCK, points),
            descriptor(RESERVATIONS, points),
            descriptor("receipts", points),
            descriptor("events", log),
            descriptor("leases", points),
            descriptor("stores", points),
            descriptor("transfers", points),
            descriptor("handovers", points),
            descriptor("channels", points),
            descriptor("expiries", index),
            descriptor(HOLDS, index));
    StateFormat.checkTables(path, descriptors);
    RocksDB db = RocksDB.open(options, path.toString(), descriptors, families);
    return new PartitionDb(db, families, List.of(options, points, log, index, bloom));
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

  private static ColumnFamilyDescriptor descriptor(String name, ColumnFamilyOptions options) {
    return new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.US_ASCII), options);
  }

  byte @Nullable [] get(ColumnFamilyHandle family, byte[] key) {
    try {
      return db.get(family, key);
    } catch (RocksDBException e) {
      throw new StateFault("reading failed: " + e.getMessage(), e);
    }
  }

  <T> @Nullable T find(ColumnFamilyHandle family, byte[] key, Function<byte[], T> decode) {
    byte[] value = get(family, key);
    return value == null ? null : decode.apply(value);
  }

  byte @Nullable [] get(ColumnFamilyHandle family, ReadOptions options, byte[] key) {
    try {
      return db.get(family, options, key);
    } catch (RocksDBException e) {
      throw new StateFault("reading failed: " + e.getMessage(), e);
    }
  }

  void write(WriteBatch batch) {
    try {
      db.write(noWal, batch);
    } catch (RocksDBException e) {
      throw new StateFault("writing failed: " + e.getMessage(), e);
    }
  }

  /** Forgets events up to and excluding a sequence, on disk only. */
  void deleteEventsBefore(long sequence) {
    try {
      db.deleteRange(events, noWal, StateKeys.ofSequence(0), StateKeys.ofSequence(sequence));
    } catch (RocksDBException e) {
      throw new StateFault("trimming the event log failed: " + e.getMessage(), e);
    }
  }

  /** About what the events from a sequence on take on disk. */
  long eventBytesFrom(long sequence) {
    try (Slice from = new Slice(StateKeys.ofSequence(sequence));
        Slice end = new Slice(StateKeys.ofSequence(Long.MAX_VALUE))) {
      List<Range> range = List.of(new Range(from, end));
      return db.getApproximateSizes(events, range, SizeApproximationFlag.INCLUDE_FILES)[0];
    }
  }

  long sum(String property) {
    try {
      long sum = 0;
      for (ColumnFamilyHandle family : all) {
        sum += db.getLongProperty(family, property);
      }
      return sum;
    } catch (RocksDBException e) {
      throw new StateFault("reading " + property + " failed: " + e.getMessage(), e);
    }
  }

  RocksDB db() {
    return db;
  }

  /** Hard links of everything, memtables flushed. */
  void checkpoint(Path target) {
    try (Checkpoint checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(target.toString());
    } catch (RocksDBException e) {
      throw new StateFault("making a checkpoint failed: " + e.getMessage(), e);
    }
  }

  void flush() {
    try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
      db.flush(options, all);
    } catch (RocksDBException e) {
      throw new StateFault("flushing failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    for (ColumnFamilyHandle family : all) {
      family.close();
    }
    db.close();
    noWal.close();
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
