package dev.holdfast.store.state.export;

import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.Cursor;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.PartitionDb;
import dev.holdfast.store.state.read.StateReads;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
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

  private final StateReads state;
  private final PartitionDb db;
  private final Snapshot snapshot;
  private final Consumer<PinnedState> unpin;
  private final ReadOptions options;
  private final AppliedState applied;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean released;

  /**
   * The applied state is read from the same snapshot as the records will be, so they agree.
   *
   * @param db that is open in the state now
   * @param unpin releases this, unless it went with its database
   */
  public PinnedState(StateReads state, PartitionDb db, Consumer<PinnedState> unpin) {
    this.state = state;
    this.db = db;
    this.unpin = unpin;
    this.snapshot = db.db().getSnapshot();
    this.options =
        new ReadOptions()
            .setSnapshot(snapshot)
            .setReadaheadSize(READAHEAD_BYTES)
            .setFillCache(false);
    this.applied = AppliedState.of(db, options);
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
    return read(
        (current, snapshot) -> current.table(Family.STORES).keys(snapshot, frozen -> frozen));
  }

  /**
   * Walks the records behind a key, or all.
   *
   * @throws ReleasedException when the records were let go
   */
  public void forEach(byte @Nullable [] behind, Visitor visitor) {
    walk(new Turn<>(Family.STOCK, behind, row -> visitor.visit(row.keyBytes(), row.value())));
  }

  /**
   * Walks all rows of a family, as they stood at the same place.
   *
   * @throws ReleasedException when they were let go
   */
  <K, V> void forEachRow(Family<K, V> family, BiConsumer<K, V> visitor) {
    walk(
        new Turn<>(
            family,
            null,
            row -> {
              visitor.accept(row.key(), row.value());
              return true;
            }));
  }

  private void walk(Turn<?, ?> turn) {
    while (!turn.ended) {
      read(
          (current, snapshot) -> {
            turn.take(current, snapshot);
            return turn;
          });
    }
  }

  /** Reads any families, as they stood at the same place. */
  <T> T read(BiFunction<PartitionDb, ReadOptions, T> reading) {
    return state.read(current -> pinned(reading));
  }

  private <T> T pinned(BiFunction<PartitionDb, ReadOptions, T> reading) {
    use.readLock().lock();
    try {
      if (released) {
        throw new ReleasedException();
      }
      return reading.apply(db, options);
    } finally {
      use.readLock().unlock();
    }
  }

  /** A walk goes on in turns, each with an iterator of its own. */
  private static final class Turn<K, V> {
    private final Family<K, V> family;
    private final Predicate<Cursor<K, V>> visitor;
    private byte @Nullable [] behind;
    private boolean ended;

    /**
     * @param visitor sees one row; false ends the walk
     */
    Turn(Family<K, V> family, byte @Nullable [] behind, Predicate<Cursor<K, V>> visitor) {
      this.family = family;
      this.behind = behind;
      this.visitor = visitor;
    }

    void take(PartitionDb db, ReadOptions snapshot) {
      try (Cursor<K, V> rows = db.table(family).scan(snapshot)) {
        if (behind == null) {
          rows.seekToFirst();
        } else {
          rows.seekBehind(behind);
        }
        for (int i = 0; i < RECORDS_PER_TURN && !ended; i++) {
          next(rows);
        }
      }
    }

    private void next(Cursor<K, V> rows) {
      if (!rows.isValid()) {
        ended = true;
        return;
      }
      behind = rows.keyBytes();
      ended = !visitor.test(rows);
      rows.next();
    }
  }

  /** Lets go of the records while the database is open; nothing reads them any more. */
  public void release() {
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
    unpin.accept(this);
  }

  /** The records are not there any more: closed, or the whole state was replaced. */
  public static final class ReleasedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReleasedException() {
      super("the pinned records were let go");
    }
  }
}
