package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.ingest.PartStorage;
import dev.holdfast.aggregator.ingest.RecordRun;
import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Replaces parts of the view. What is loaded goes past the write-ahead log, as whole tables or,
 * when it is little, through the memtable, which is flushed before the cursor says that the part is
 * whole. A crash before that starts it anew.
 */
final class RocksPartStorage implements PartStorage {
  /** So many corrections are worth a table; fewer go through the write-ahead log. */
  private static final int TABLE_TOTALS_MIN = 1_000;

  private final ViewDatabase database;
  private final TableFiles tables;
  private final ViolationStore violations;
  private final LetterTable letters;
  private final MovementTable movements;
  private final Runnable forget;

  /**
   * @param tables of its own
   * @param forget drops records that are kept at hand
   */
  RocksPartStorage(
      ViewDatabase database,
      TableFiles tables,
      ViolationStore violations,
      LetterTable letters,
      MovementTable movements,
      Runnable forget) {
    this.database = database;
    this.tables = tables;
    this.violations = violations;
    this.letters = letters;
    this.movements = movements;
    this.forget = forget;
  }

  /** Fills a write. */
  private interface Filling {
    void fill(WriteBatch batch) throws RocksDBException;
  }

  private void write(Filling filling) {
    try (WriteOptions synced = new WriteOptions().setSync(true)) {
      write(synced, filling);
    }
  }

  private void write(WriteOptions options, Filling filling) {
    try (WriteBatch batch = new WriteBatch()) {
      filling.fill(batch);
      database.write(options, batch);
    } catch (RocksDBException e) {
      throw new StorageException("cannot write the view", e);
    }
  }

  @Override
  public void rebuilding(int partition, Cursor cursor) {
    tables.clear();
    write(batch -> putCursor(batch, partition, cursor));
  }

  private void putCursor(WriteBatch batch, int partition, Cursor cursor) throws RocksDBException {
    batch.put(
        database.handle(Family.CURSORS),
        ViewKeys.partition(partition),
        ViewRecordCodec.encode(cursor));
  }

  @Override
  public RecordRun run() {
    return new ViewRun(tables);
  }

  @Override
  public void takeIn(Path file) {
    forget.run();
    tables.takeIn(database.handle(Family.VIEW), file);
  }

  @Override
  public void load(Map<StockKey, StockLevel> records, Collection<StockKey> removed) {
    forget.run();
    try (WriteOptions unlogged = new WriteOptions().setDisableWAL(true)) {
      write(unlogged, batch -> fill(batch, records, removed));
    }
  }

  private void fill(
      WriteBatch batch, Map<StockKey, StockLevel> records, Collection<StockKey> removed)
      throws RocksDBException {
    for (Map.Entry<StockKey, StockLevel> record : records.entrySet()) {
      batch.put(
          database.handle(Family.VIEW),
          ViewKeys.item(record.getKey()),
          ViewRecordCodec.encode(record.getValue()));
    }
    for (StockKey item : removed) {
      batch.delete(database.handle(Family.VIEW), ViewKeys.item(item));
    }
  }

  @Override
  public TotalsStep correctTotals(String afterSku, int skusMax) {
    forget.run();
    Correction correction = new Correction(skusMax);
    try (ReadOptions all = ViewScan.options()) {
      ViewScan.totals(database, all, afterSku, correction::visit);
    }
    correction.write();
    return correction.step();
  }

  /** One step over the totals. */
  private final class Correction {
    private final int skusMax;
    private final List<TableFiles.Entry> right = new ArrayList<>();
    private String lastSku = "";
    private int seen;

    Correction(int skusMax) {
      this.skusMax = skusMax;
    }

    boolean visit(String sku, SkuTotal stored, SkuTotal summed) {
      lastSku = sku;
      seen++;
      if (!stored.equals(summed)) {
        byte[] total = summed.equals(SkuTotal.NONE) ? null : ViewRecordCodec.encode(summed);
        right.add(new TableFiles.Entry(ViewKeys.sku(sku), total));
      }
      return seen < skusMax;
    }

    void write() {
      if (right.size() >= TABLE_TOTALS_MIN) {
        tables.takeIn(database.handle(Family.TOTALS), tables.write(right));
      } else if (!right.isEmpty()) {
        try (WriteOptions logged = new WriteOptions()) {
          RocksPartStorage.this.write(logged, this::fill);
        }
      }
    }

    private void fill(WriteBatch batch) throws RocksDBException {
      for (TableFiles.Entry total : right) {
        byte[] value = total.value();
        if (value == null) {
          batch.delete(database.handle(Family.TOTALS), total.key());
        } else {
          batch.put(database.handle(Family.TOTALS), total.key(), value);
        }
      }
    }

    TotalsStep step() {
      return new TotalsStep(lastSku, seen < skusMax, right.size());
    }
  }

  @Override
  public void rebuilt(int partition, Cursor cursor, Set<String> frozenStores, LetterUpdate moot) {
    flush();
    synchronized (movements) {
      write(
          batch -> {
            skip(batch, partition, cursor, moot);
            FrozenTable.replace(database, batch, partition, frozenStores);
            putCursor(batch, partition, cursor);
            violations.repair(batch, partition);
            letters.fill(batch, moot);
          });
    }
  }

  /** What is skipped, or was parked and is moot, never gets into the history. */
  private void skip(WriteBatch batch, int partition, Cursor cursor, LetterUpdate moot)
      throws RocksDBException {
    if (moot.isEmpty()) {
      movements.skip(batch, partition, cursor);
    } else {
      movements.begin(batch, partition, cursor);
    }
  }

  private void flush() {
    try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
      database.room().await(() -> database.db().flush(waiting, database.handle(Family.VIEW)));
    } catch (RocksDBException e) {
      throw new StorageException("cannot flush the view", e);
    }
  }

  @Override
  public void violated(DigestCheck check, Cursor cursor, List<Difference> differences) {
    write(
        batch -> {
          putCursor(batch, check.partition(), cursor);
          violations.add(batch, check, differences);
        });
  }

  @Override
  public void named(int partition, List<Difference> differences) {
    write(batch -> violations.name(batch, partition, differences));
  }
}
