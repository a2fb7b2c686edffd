package dev.holdfast.store.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.common.domain.StateDigest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Reads the stock of a checkpoint back from its files and adds it up: the events say what the
 * records must be, and only reading them shows what they are. Leaves the checkpoint as it is.
 */
public final class CheckpointScrub {
  private static final long READAHEAD_BYTES = 2 << 20;
  private static final int OPEN_FILES_MAX = 64;

  private CheckpointScrub() {}

  /**
   * Compares the records with the digest that the events led to.
   *
   * @throws DigestFault when they differ
   * @throws StateFault when they can not be read
   */
  public static void check(Path checkpoint, AppliedState applied) {
    StateDigest found = digestOf(checkpoint);
    if (!found.equals(applied.digests().current())) {
      String where = "the events up to sequence " + applied.sequence();
      throw new DigestFault(where, applied.digests().current(), found);
    }
  }

  private static StateDigest digestOf(Path checkpoint) {
    try (Silence silence = new Silence();
        DBOptions options = options(silence);
        ColumnFamilyOptions family = family()) {
      return digestOf(checkpoint, options, family);
    } catch (RocksDBException e) {
      throw new StateFault("reading a checkpoint back failed: " + e.getMessage(), e);
    }
  }

  private static StateDigest digestOf(
      Path checkpoint, DBOptions options, ColumnFamilyOptions family) throws RocksDBException {
    List<ColumnFamilyHandle> families = new ArrayList<>();
    List<ColumnFamilyDescriptor> descriptors =
        List.of(
            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family),
            new ColumnFamilyDescriptor(PartitionDb.STOCK.getBytes(US_ASCII), family));
    try (RocksDB db = RocksDB.openReadOnly(options, checkpoint.toString(), descriptors, families)) {
      try {
        return sum(db, families.get(1));
      } finally {
        families.forEach(ColumnFamilyHandle::close);
      }
    }
  }

  private static StateDigest sum(RocksDB db, ColumnFamilyHandle stock) throws RocksDBException {
    try (ReadOptions once =
            new ReadOptions().setFillCache(false).setReadaheadSize(READAHEAD_BYTES);
        RocksIterator records = db.newIterator(stock, once)) {
      StateDigest sum = StateDigest.EMPTY;
      for (records.seekToFirst(); records.isValid(); records.next()) {
        sum = sum.with(records.key(), StateRecords.stockLevel(records.value()));
      }
      records.status();
      return sum;
    }
  }

  /** RocksDB would put a log of its own between the files of the checkpoint. */
  private static DBOptions options(Logger silence) {
    return new DBOptions().setMaxOpenFiles(OPEN_FILES_MAX).setLogger(silence);
  }

  /** Reads from the files, past the cache that the open database has of the same tables. */
  private static ColumnFamilyOptions family() {
    return new ColumnFamilyOptions()
        .setTableFormatConfig(new BlockBasedTableConfig().setNoBlockCache(true));
  }

  private static final class Silence extends Logger {
    Silence() {
      super(InfoLogLevel.FATAL_LEVEL);
    }

    @Override
    protected void log(InfoLogLevel level, String message) {}
  }
}
