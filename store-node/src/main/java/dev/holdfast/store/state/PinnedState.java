package dev.holdfast.store.state;

import dev.holdfast.common.domain.StockLevel;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/**
 * The stock records of a replica as they stood at one place in its log, whatever is applied since.
 * Many threads may read; whoever has it closes it. The store lets go of it by itself when it closes
 * or is replaced.
 */
public final class PinnedState implements AutoCloseable {
  /** Installing a snapshot and closing wait for no more than this. */
  private static final int RECORDS_PER_TURN = 10_000;

  private static final long READAHEAD_BYTES = 1 << 20;

  private final StateStore store;
  private final PartitionDb db;
  private final Snapshot snapshot;
  private final ReadOptions options;
  private final AppliedState applied;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean released;

  static PinnedState of(StateStore store, PartitionDb db, Set<PinnedState> all) {
    PinnedState pin = new PinnedState(store, db);
    all.add(pin);
    return pin;
  }

  /** The applied state is read from the same snapshot as the records will be, so they agree. */
  private PinnedState(StateStore store, PartitionDb db) {
    this.store = store;
    this.db = db;
    this.snapshot = db.db().getSnapshot();
    this.options =
        new ReadOptions()
            .setSnapshot(snapshot)
            .setReadaheadSize(READAHEAD_BYTES)
            .setFillCache(false);
    this.applied = AppliedState.of(db.get(db.meta, options, StateKeys.APPLIED));
  }

  /** Sees one record. */
  public interface Visitor {
    /**
     * A record, in byte order of the keys.
     *
     * @param key UTF-8 store, a zero byte, UTF-8 SKU
     * @return false to end the walk
     */
    boolean visit(byte[] key, StockLevel level);
  }

  /** Where the records stand. */
  public AppliedState applied() {
    return applied;
  }

  /**
   * The stores that were frozen there.
   *
   * @throws ReleasedException when the records were let go
   */
  public Set<String> frozenStores() {
    return read(SmallFamilies::frozenStores);
  }

  /**
   * Walks the records behind a key, or all.
   *
   * @throws ReleasedException when the records were let go
   */
  public void forEach(byte @Nullable [] behind, Visitor visitor) {
    walk(
        new Turn(
            db -> db.stock,
            behind,
            (key, value) -> visitor.visit(key, StateRecords.stockLevel(value))));
  }

  /** Which rows are walked. */
  interface Family {
    ColumnFamilyHandle of(PartitionDb db);
  }

  /**
   * Walks all rows of something else than stock, as they stood at the same place.
   *
   * @throws ReleasedException when they were let go
   */
  void forEachRow(Family family, BiConsumer<byte[], byte[]> visitor) {
    walk(
        new Turn(
            family,
            null,
            (key, value) -> {
              visitor.accept(key, value);
              return true;
            }));
  }

  private void walk(Turn turn) {
    while (!turn.ended) {
      store.read(
          current -> {
            take(turn);
            return null;
          });
    }
  }

  /** Reads something else than stock, as it stood at the same place. */
  interface Reading<T> {
    T run(PartitionDb db, ReadOptions options) throws RocksDBException;
  }

  <T> T read(Reading<T> reading) {
    return store.read(current -> pinned(reading));
  }

  private <T> T pinned(Reading<T> reading) {
    use.readLock().lock();
    try {
      if (released) {
        throw new ReleasedException();
      }
      return reading.run(db, options);
    } catch (RocksDBException e) {
      throw new StateFault("reading pinned records failed: " + e.getMessage(), e);
    } finally {
      use.readLock().unlock();
    }
  }

  private void take(Turn turn) {
    use.readLock().lock();
    try {
      if (released) {
        throw new ReleasedException();
      }
      turn.take(db, options);
    } catch (RocksDBException e) {
      throw new StateFault("reading pinned rows failed: " + e.getMessage(), e);
    } finally {
      use.readLock().unlock();
    }
  }

  /** Sees one row; false ends the walk. */
  private interface RowVisitor {
    boolean visit(byte[] key, byte[] value);
  }

  /** A walk goes on in turns, each with an iterator of its own. */
  private static final class Turn {
    private final Family family;
    private final RowVisitor visitor;
    private byte @Nullable [] behind;
    private boolean ended;

    Turn(Family family, byte @Nullable [] behind, RowVisitor visitor) {
      this.family = family;
      this.behind = behind;
      this.visitor = visitor;
    }

    void take(PartitionDb db, ReadOptions options) throws RocksDBException {
      try (RocksIterator records = db.db().newIterator(family.of(db), options)) {
        seek(records);
        for (int i = 0; i < RECORDS_PER_TURN && !ended; i++) {
          next(records);
        }
        records.status();
      }
    }

    private void seek(RocksIterator records) {
      if (behind == null) {
        records.seekToFirst();
        return;
      }
      records.seek(behind);
      if (records.isValid() && Arrays.equals(records.key(), behind)) {
        records.next();
      }
    }

    private void next(RocksIterator records) {
      if (!records.isValid()) {
        ended = true;
        return;
      }
      byte[] key = records.key();
      behind = key;
      ended = !visitor.visit(key, records.value());
      records.next();
    }
  }

  /** Lets go of the records while the database is open; nothing reads them any more. */
  void release() {
    use.writeLock().lock();
    try {
      if (!released) {
        released = true;
        options.close();
        db.db().releaseSnapshot(snapshot);
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    store.unpin(this);
  }

  /** The records are not there any more: closed, or the whole state was replaced. */
  public static final class ReleasedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReleasedException() {
      super("the pinned records were let go");
    }
  }
}
