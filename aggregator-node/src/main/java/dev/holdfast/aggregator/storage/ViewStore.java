package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.deadletter.LetterRecords;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.history.MovementStore;
import dev.holdfast.aggregator.ingest.PartStorage;
import dev.holdfast.aggregator.ingest.SyncFlag;
import dev.holdfast.aggregator.ingest.ViewStorage;
import dev.holdfast.aggregator.invariant.ViolationLog;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.UnmetDemand;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.aggregator.view.VisibleStores;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.crypt.KeyException;
import dev.holdfast.common.disk.OwnDirectory;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * The stored view. View, totals and cursors of an update go into one RocksDB write, so that each
 * event is included exactly once, whatever is killed when. The write-ahead log is on and not
 * synced: kill -9 loses nothing; a power cut loses a tail of whole writes, which is fetched again.
 *
 * <p>One thread writes and reads records (it keeps those it used last at hand); any thread takes
 * cuts. Closing ends reads that take long and waits for the others.
 */
public final class ViewStore implements ViewStorage, AutoCloseable {
  private static final int LEVELS_AT_HAND_MAX = 200_000;
  private static final int TOTALS_AT_HAND_MAX = 100_000;
  private static final Duration UNUSED_WITHIN = Duration.ofSeconds(10);
  private static final String TABLES = "loading";

  private final ViewDatabase database;
  private final TableFiles tables;
  private final DataDirectoryOwner owner;
  private final ViolationStore violations;
  private final LetterTable letters;
  private final MovementTable movements;
  private final StoredRecords stored;
  private final WriteOptions unsynced = new WriteOptions();
  private final RecentRecords<StockKey, StockLevel> levels =
      new RecentRecords<>(LEVELS_AT_HAND_MAX);
  private final RecentRecords<String, SkuTotal> totals = new RecentRecords<>(TOTALS_AT_HAND_MAX);

  private ViewStore(ViewDatabase database, Path directory) {
    this.database = database;
    this.tables = new TableFiles(database, directory.resolve(TABLES));
    this.letters = new LetterTable(database);
    this.movements = new MovementTable(database);
    this.stored = database.records();
    this.owner = new DataDirectoryOwner(database, directory);
    this.violations = new ViolationStore(database, Clock.systemUTC());
  }

  /** Opens the data directory of an aggregator, or makes a new one. */
  public static ViewStore open(
      Path directory, String clusterId, String nodeId, Encryption encryption)
      throws DataDirectoryException {
    ViewStore store = new ViewStore(database(directory, encryption), directory);
    try {
      store.owner.claim(clusterId, nodeId, new FormatUpgrade(store.database, store.parts())::run);
      OwnDirectory.protect(directory);
      return store;
    } catch (DataDirectoryException | RocksDBException | IOException e) {
      store.close();
      throw DataDirectoryException.unusable(directory, e);
    }
  }

  private static ViewDatabase database(Path directory, Encryption encryption)
      throws DataDirectoryException {
    try {
      OwnDirectory.make(directory);
      return new ViewDirectory(directory, encryption).open();
    } catch (KeyException e) {
      throw new DataDirectoryException(String.valueOf(e.getMessage()), e);
    } catch (IOException | RocksDBException | StorageException e) {
      throw DataDirectoryException.unusable(directory, e);
    }
  }

  /** Partitions of the cluster; 0 while the cluster was never met. */
  public int partitionCount() throws DataDirectoryException {
    try {
      return owner.partitionCount();
    } catch (RocksDBException e) {
      throw new StorageException("cannot read the partition count", e);
    }
  }

  /** Fixes the number of partitions, for the life of the directory. */
  public void bindPartitions(int count) throws DataDirectoryException {
    try {
      owner.bindPartitions(count);
    } catch (RocksDBException e) {
      throw new StorageException("cannot store the partition count", e);
    }
  }

  /** The cursors of partitions 0 to count - 1. */
  public List<ViewCursor> cursors(int count) {
    try (ViewCut cut = cut()) {
      return IntStream.range(0, count).mapToObj(cut::cursor).toList();
    }
  }

  @Override
  public void write(ViewUpdate update, LetterUpdate letterUpdate) {
    if (letterUpdate.lost().isEmpty()) {
      store(update, letterUpdate);
    } else {
      synchronized (movements) { // as it moves the beginning of the history
        store(update, letterUpdate);
      }
    }
    levels.putAll(update.levels());
    totals.putAll(update.totals());
  }

  private void store(ViewUpdate update, LetterUpdate letterUpdate) {
    database.write(
        unsynced,
        write -> {
          StoredRecords.fill(write, update);
          update.violated().forEach(check -> violations.add(write, check, List.of()));
          movements.fill(write, update.movements(), update.refused());
          letterUpdate
              .lost()
              .forEach((partition, place) -> movements.begin(write, partition, place));
          letters.fill(write, letterUpdate);
        });
  }

  /** Where parts of the view are replaced, by the writer thread. */
  public PartStorage parts() {
    return new RocksPartStorage(database, tables, violations, letters, movements, this::forget);
  }

  private void forget() {
    levels.clear();
    totals.clear();
  }

  /** Keeps movements from now on, or does not; before anything is written. */
  public void keepHistory(boolean on) throws DataDirectoryException {
    try {
      int partitions = owner.partitionCount();
      if (on && owner.isHistoryOff()) {
        movements.beginAt(cursors(partitions));
      }
      owner.setHistoryOff(!on);
      movements.keep(on);
    } catch (RocksDBException e) {
      throw new StorageException("cannot store whether there is a history", e);
    }
  }

  /** The movements, where those that are old enough are removed. For any thread. */
  public MovementStore movements() {
    return movements;
  }

  public LetterRecords letters() {
    return letters;
  }

  public ViolationLog violations() {
    return violations;
  }

  public SyncFlag syncFlag() {
    return owner;
  }

  @Override
  public @Nullable StockLevel level(StockKey item) {
    StockLevel level = levels.get(item);
    return level != null ? level : stored.level(item);
  }

  @Override
  public @Nullable SkuTotal total(String sku) {
    SkuTotal total = totals.get(sku);
    return total != null ? total : stored.total(sku);
  }

  @Override
  public UnmetDemand demand(String sku) {
    return stored.demand(sku);
  }

  /** Whether writes wait for room on the disk. */
  public boolean isDiskFull() {
    return database.room().isFull();
  }

  /** Is told, by a thread that writes, when {@link #isDiskFull} changes. */
  public void whenRoomChanges(Runnable listener) {
    database.room().listen(listener);
  }

  @Override
  public ViewCut cut(VisibleStores visible) {
    return new RocksViewCut(database, visible);
  }

  /** Ends reads that take long; no other begins. What was written stays to be written. */
  public void endReads() {
    database.uses().refuse();
  }

  /**
   * Makes everything that was written survive a power cut, waits for those who still read, and
   * closes. What is in use for too long is left to the end of the process: closed under a reader,
   * native memory would take the process with it.
   */
  @Override
  public void close() {
    try {
      database.db().flushWal(true);
    } catch (RocksDBException e) {
      throw new StorageException("cannot sync the view", e);
    } finally {
      closeUnused();
    }
  }

  private void closeUnused() {
    if (!database.uses().awaitEnd(UNUSED_WITHIN)) {
      throw new IllegalStateException("the view is still being read; it is left open");
    }
    unsynced.close();
    database.close();
  }
}
