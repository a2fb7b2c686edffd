package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.ingest.PartStorage;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Makes data of format 4 that of format 5: movements get marks, the events of dead letters move to
 * where each stands once, and totals tell what can be reserved. Done twice, as after a crash, it
 * does the same. Which stores were frozen before is not known to it: a rebuild tells.
 */
final class FormatUpgrade {
  private static final int ROWS_PER_WRITE = 1_000;
  private static final long BATCH_BYTES_MAX = 8L << 20;

  private final ViewDatabase database;
  private final MovementTable movements;
  private final PartStorage parts;

  FormatUpgrade(ViewDatabase database, MovementTable movements, PartStorage parts) {
    this.database = database;
    this.movements = movements;
    this.parts = parts;
  }

  /** Adds what a row becomes to a write. */
  private interface Step {
    void add(WriteBatch batch, byte[] key, byte[] value) throws RocksDBException;
  }

  void run() {
    try (ReadOptions past = ViewScan.options();
        RocksIterator moved = database.db().newIterator(database.handle(Family.MOVEMENTS), past);
        RocksIterator letters = database.db().newIterator(database.handle(Family.LETTERS), past)) {
      each(moved, (batch, key, value) -> movements.mark(batch, marks(key, value)));
      each(letters, this::moveEvent);
      correctTotals();
    } catch (RocksDBException e) {
      throw new StorageException("cannot turn the view into format 5", e);
    }
  }

  private void correctTotals() {
    PartStorage.TotalsStep step = parts.correctTotals("", ROWS_PER_WRITE);
    while (!step.isLast()) {
      step = parts.correctTotals(step.lastSku(), ROWS_PER_WRITE);
    }
  }

  private static java.util.List<byte[]> marks(byte[] key, byte[] value) {
    return MarkKeys.of(MovementCodec.movement(key, value));
  }

  private void moveEvent(WriteBatch batch, byte[] key, byte[] value) throws RocksDBException {
    var event = LetterRecordCodec.event(value);
    if (!event.isEmpty()) {
      LetterId id = LetterKeys.letter(key);
      batch.put(database.handle(Family.EVENTS), LetterKeys.event(id.place()), event.toByteArray());
      batch.put(
          database.handle(Family.LETTERS),
          key,
          LetterRecordCodec.encode(LetterRecordCodec.letter(id, value)));
    }
  }

  private void each(RocksIterator rows, Step step) throws RocksDBException {
    rows.seekToFirst();
    while (rows.isValid()) {
      try (WriteBatch batch = new WriteBatch();
          WriteOptions unsynced = new WriteOptions()) {
        for (int i = 0; i < ROWS_PER_WRITE && rows.isValid(); i++) {
          step.add(batch, rows.key(), rows.value());
          rows.next();
          if (batch.getDataSize() > BATCH_BYTES_MAX) {
            break;
          }
        }
        database.write(unsynced, batch);
      }
    }
    rows.status();
  }
}
