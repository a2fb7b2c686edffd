package dev.holdfast.store.state.digest;

import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.crypt.ValueCipher;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.Table;
import dev.holdfast.store.state.fault.DigestFault;
import dev.holdfast.store.state.fault.StateFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

/**
 * Reads the records of a checkpoint back from its files and adds them up: the events say what the
 * records must be, and only reading them shows what they are. Leaves the checkpoint as it is.
 */
public final class CheckpointScrub {
  private static final long READAHEAD_BYTES = 2 << 20;
  private static final int OPEN_FILES_MAX = 64;

  private CheckpointScrub() {}

  /**
   * Compares the records with the digest that the events led to, and what they say is reserved with
   * what open reservations hold. Opens what is sealed with the keys in the checkpoint, as a peer
   * will.
   *
   * @throws DigestFault when they differ
   * @throws StateFault when they cannot be read
   * @throws IOException when the keys cannot be had
   */
  public static void check(Path checkpoint, AppliedState applied, Encryption encryption)
      throws IOException {
    DatabaseKeys keys = encryption.readingFrom(checkpoint);
    Sums sums = sumsOf(checkpoint, keys == null ? null : keys.cipher());
    String where = "the events up to sequence " + applied.sequence();
    if (!sums.stock.equals(applied.digests().current())) {
      throw new DigestFault(where, applied.digests().current(), sums.stock);
    }
    String held = " (what open reservations hold, against what is reserved)";
    HeldDigest reserved = sums.held.reserved();
    if (!sums.held.held().equals(reserved)) {
      throw new DigestFault(where + held, reserved, sums.held.held());
    }
    if (!sums.held.index().equals(reserved)) {
      throw new DigestFault(where + held + " by the index", reserved, sums.held.index());
    }
  }

  /** What the records of a checkpoint add up to. */
  private static final class Sums {
    private StateDigest stock = StateDigest.EMPTY;
    private final HeldSums held = new HeldSums();

    void addStock(byte[] key, StockLevel level) {
      stock = stock.with(key, level);
      held.addStock(key, level);
    }
  }

  private static Sums sumsOf(Path checkpoint, @Nullable ValueCipher cipher) {
    try (Silence silence = new Silence();
        DBOptions options = options(silence);
        ColumnFamilyOptions family = family()) {
      return sumsOf(checkpoint, cipher, options, family);
    } catch (RocksDBException e) {
      throw new StateFault("reading a checkpoint back failed: " + e.getMessage(), e);
    }
  }

  private static Sums sumsOf(
      Path checkpoint, @Nullable ValueCipher cipher, DBOptions options, ColumnFamilyOptions family)
      throws RocksDBException {
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    List<ColumnFamilyDescriptor> descriptors =
        Stream.of(Family.META, Family.STOCK, Family.RESERVATIONS, Family.HOLDS)
            .map(each -> each.descriptor(family))
            .toList();
    try (RocksDB db = RocksDB.openReadOnly(options, checkpoint.toString(), descriptors, handles);
        ReadOptions once =
            new ReadOptions().setFillCache(false).setReadaheadSize(READAHEAD_BYTES)) {
      try {
        Sums sums = new Sums();
        try (var stock = new Table<>(db, handles.get(1), Family.STOCK, cipher).scan(once)) {
          for (stock.seekToFirst(); stock.isValid(); stock.next()) {
            sums.addStock(stock.keyBytes(), stock.value());
          }
        }
        new Table<>(db, handles.get(2), Family.RESERVATIONS, cipher)
            .forEach(once, sums.held::addReservation);
        new Table<>(db, handles.get(3), Family.HOLDS, cipher).forEach(once, sums.held::addHold);
        return sums;
      } finally {
        handles.forEach(ColumnFamilyHandle::close);
      }
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
