package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.ingest.PartStorage;
import dev.holdfast.aggregator.ingest.RecordRun;
import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.failpoint.FailPoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
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

  private void writeSynced(Consumer<FamilyWrite> filling) {
    try (WriteOptions synced = new WriteOptions().setSync(true)) {
      database.write(synced, filling);
    }
  }

  @Override
  public void rebuilding(int partition, ViewCursor cursor) {
    tables.clear();
    writeSynced(write -> StoredRecords.put(write, partition, cursor));
  }

  @Override
  public RecordRun run() {
    return new ViewRun(tables);
  }

  @Override
  public void takeIn(Path file) {
    forget.run();
    tables.takeIn(Family.VIEW, file);
  }

  @Override
  public void load(Map<StockKey, StockLevel> records, Collection<StockKey> removed) {
    forget.run();
    try (WriteOptions unlogged = new WriteOptions().setDisableWAL(true)) {
      database.write(
          unlogged,
          write -> {
            records.forEach((item, level) -> StoredRecords.put(write, item, level));
            removed.forEach(item -> write.delete(Family.VIEW, ViewKeys.item(item)));
          });
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
    FailPoint.TOTALS_CORRECTED.reach();
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
        tables.takeIn(Family.TOTALS, tables.write(Family.TOTALS, right));
      } else if (!right.isEmpty()) {
        try (WriteOptions logged = new WriteOptions()) {
          database.write(logged, this::fill);
        }
      }
    }

    private void fill(FamilyWrite write) {
      for (TableFiles.Entry total : right) {
        byte[] value = total.value();
        if (value == null) {
          write.delete(Family.TOTALS, total.key());
        } else {
          write.put(Family.TOTALS, total.key(), value);
        }
      }
    }

    TotalsStep step() {
      return new TotalsStep(lastSku, seen < skusMax, right.size());
    }
  }

  @Override
  public void rebuilt(
      int partition, ViewCursor cursor, Set<String> frozenStores, LetterUpdate superseded) {
    FailPoint.PART_REPLACE.reach();
    flush();
    synchronized (movements) {
      writeSynced(
          write -> {
            skip(write, partition, cursor, superseded);
            FrozenTable.replace(write, partition, frozenStores);
            StoredRecords.put(write, partition, cursor);
            violations.repair(write, partition);
            letters.fill(write, superseded);
          });
    }
  }

  /** What is skipped, or was parked and is superseded, never gets into the history. */
  private void skip(FamilyWrite write, int partition, ViewCursor cursor, LetterUpdate superseded) {
    if (!superseded.isEmpty()
        || cursor.sequence() > database.records().cursor(partition).sequence()) {
      movements.begin(write, partition, HistorySince.at(cursor));
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
  public void violated(DigestCheck check, ViewCursor cursor, List<Difference> differences) {
    writeSynced(
        write -> {
          StoredRecords.put(write, check.partition(), cursor);
          violations.add(write, check, differences);
        });
  }

  @Override
  public void named(int partition, List<Difference> differences) {
    writeSynced(write -> violations.name(write, partition, differences));
  }
}
