package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.ingest.PartStorage;
import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Replaces parts of the view. What is loaded goes past the write-ahead log, which makes it twice as
 * fast: it is flushed before the cursor says that the part is whole, and a crash before that starts
 * it anew.
 */
final class RocksPartStorage implements PartStorage {
  private final ViewDatabase database;
  private final ViolationStore violations;
  private final LetterTable letters;
  private final Runnable forget;

  /**
   * @param forget drops records that are kept at hand
   */
  RocksPartStorage(
      ViewDatabase database, ViolationStore violations, LetterTable letters, Runnable forget) {
    this.database = database;
    this.violations = violations;
    this.letters = letters;
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
      database.db().write(options, batch);
    } catch (RocksDBException e) {
      throw new StorageException("can not write the view", e);
    }
  }

  @Override
  public void rebuilding(int partition, Cursor cursor) {
    write(batch -> putCursor(batch, partition, cursor));
  }

  private void putCursor(WriteBatch batch, int partition, Cursor cursor) throws RocksDBException {
    batch.put(database.cursors(), ViewKeys.partition(partition), ViewRecordCodec.encode(cursor));
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
          database.view(),
          ViewKeys.item(record.getKey()),
          ViewRecordCodec.encode(record.getValue()));
    }
    for (StockKey item : removed) {
      batch.delete(database.view(), ViewKeys.item(item));
    }
  }

  @Override
  public TotalsStep correctTotals(String afterSku, int skusMax) {
    forget.run();
    Correction correction = new Correction(skusMax);
    try (ReadOptions all = ViewScan.options();
        WriteOptions logged = new WriteOptions()) {
      ViewScan.totals(database, all, afterSku, correction::visit);
      write(logged, correction::fill);
    }
    return correction.step();
  }

  /** One step over the totals. */
  private final class Correction {
    private final int skusMax;
    private final Map<String, SkuTotal> right = new LinkedHashMap<>();
    private String lastSku = "";
    private int seen;

    Correction(int skusMax) {
      this.skusMax = skusMax;
    }

    boolean visit(String sku, SkuTotal stored, SkuTotal summed) {
      lastSku = sku;
      seen++;
      if (!stored.equals(summed)) {
        right.put(sku, summed);
      }
      return seen < skusMax;
    }

    void fill(WriteBatch batch) throws RocksDBException {
      for (Map.Entry<String, SkuTotal> total : right.entrySet()) {
        byte[] key = ViewKeys.sku(total.getKey());
        if (total.getValue().stores() == 0) {
          batch.delete(database.totals(), key);
        } else {
          batch.put(database.totals(), key, ViewRecordCodec.encode(total.getValue()));
        }
      }
    }

    TotalsStep step() {
      return new TotalsStep(lastSku, seen < skusMax, new ArrayList<>(right.keySet()));
    }
  }

  @Override
  public void rebuilt(int partition, Cursor cursor, LetterUpdate moot) {
    flush();
    write(
        batch -> {
          putCursor(batch, partition, cursor);
          violations.repair(batch, partition);
          letters.fill(batch, moot);
        });
  }

  private void flush() {
    try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
      database.db().flush(waiting, database.view());
    } catch (RocksDBException e) {
      throw new StorageException("can not flush the view", e);
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
