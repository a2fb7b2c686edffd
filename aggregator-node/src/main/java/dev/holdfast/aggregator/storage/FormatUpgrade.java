package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.deadletter.LetterId;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Makes data of format 4 that of format 5: movements get marks, and the events of dead letters move
 * to where each stands once. Done twice, as after a crash, it does the same.
 */
final class FormatUpgrade {
  private static final int ROWS_PER_WRITE = 1_000;
  private static final long BATCH_BYTES_MAX = 8L << 20;

  private final ViewDatabase database;
  private final MovementTable movements;

  FormatUpgrade(ViewDatabase database, MovementTable movements) {
    this.database = database;
    this.movements = movements;
  }

  /** Adds what a row becomes to a write. */
  private interface Step {
    void add(WriteBatch batch, byte[] key, byte[] value) throws RocksDBException;
  }

  void run() {
    try (ReadOptions past = ViewScan.options();
        RocksIterator moved = database.db().newIterator(database.movements(), past);
        RocksIterator letters = database.db().newIterator(database.letters(), past)) {
      each(moved, (batch, key, value) -> movements.mark(batch, marks(key, value)));
      each(letters, this::moveEvent);
    } catch (RocksDBException e) {
      throw new StorageException("can not turn the view into format 5", e);
    }
  }

  private static java.util.List<byte[]> marks(byte[] key, byte[] value) {
    return MarkKeys.of(MovementCodec.movement(key, value));
  }

  private void moveEvent(WriteBatch batch, byte[] key, byte[] value) throws RocksDBException {
    var event = LetterRecordCodec.event(value);
    if (!event.isEmpty()) {
      LetterId id = LetterKeys.letter(key);
      batch.put(database.events(), LetterKeys.event(id.place()), event.toByteArray());
      batch.put(
          database.letters(), key, LetterRecordCodec.encode(LetterRecordCodec.letter(id, value)));
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
