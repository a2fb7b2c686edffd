package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.history.MovementStore;
import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.Movement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The movements, and from where they are complete. The writer thread adds, any thread may sweep;
 * whoever moves the beginning of the history holds this object's lock until that is written.
 */
final class MovementTable implements MovementStore {
  private final ViewDatabase database;
  private volatile boolean on = true;

  MovementTable(ViewDatabase database) {
    this.database = database;
  }

  void keep(boolean wanted) {
    on = wanted;
  }

  void fill(WriteBatch batch, List<Movement> movements) throws RocksDBException {
    if (!on) {
      return;
    }
    for (Movement movement : movements) {
      batch.put(
          database.movements(),
          MovementKeys.movement(movement.item(), movement.sequence()),
          MovementCodec.encode(movement));
    }
  }

  /** The history begins where the view stands. */
  synchronized void beginAt(List<Cursor> cursors) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch();
        WriteOptions synced = new WriteOptions().setSync(true)) {
      for (int partition = 0; partition < cursors.size(); partition++) {
        begin(batch, partition, since(cursors.get(partition)));
      }
      database.db().write(synced, batch);
    }
  }

  /** Nothing is known of what is between the stored cursor of a part and a later one. */
  void skip(WriteBatch batch, int partition, Cursor to) throws RocksDBException {
    byte[] stored = database.db().get(database.cursors(), ViewKeys.partition(partition));
    long from = stored == null ? 0 : ViewRecordCodec.cursor(stored).sequence();
    if (to.sequence() > from) {
      begin(batch, partition, to);
    }
  }

  /** The history of a part begins at a cursor. */
  void begin(WriteBatch batch, int partition, Cursor at) throws RocksDBException {
    begin(batch, partition, since(at));
  }

  /** The histories of parts begin behind what will never be in them. */
  void begin(WriteBatch batch, Map<Integer, HistorySince> places) throws RocksDBException {
    for (Map.Entry<Integer, HistorySince> place : places.entrySet()) {
      begin(batch, place.getKey(), place.getValue());
    }
  }

  private static HistorySince since(Cursor cursor) {
    return new HistorySince(cursor.sequence(), cursor.timeMillis());
  }

  private void begin(WriteBatch batch, int partition, HistorySince since) throws RocksDBException {
    batch.put(
        database.history(),
        ViewKeys.partition(partition),
        MovementCodec.encode(since(partition).max(since)));
  }

  private HistorySince since(int partition) throws RocksDBException {
    byte[] bytes = database.db().get(database.history(), ViewKeys.partition(partition));
    return bytes == null ? HistorySince.BEGINNING : MovementCodec.since(bytes);
  }

  @Override
  public Step sweep(byte[] after, Due due, int readMax) {
    return database.uses().during(() -> swept(after, due, readMax));
  }

  private synchronized Step swept(byte[] after, Due due, int readMax) {
    try (WriteBatch batch = new WriteBatch();
        WriteOptions unsynced = new WriteOptions();
        ReadOptions past = ViewScan.options();
        RocksIterator movements = database.db().newIterator(database.movements(), past)) {
      movements.seek(after);
      Sweep sweep = new Sweep(batch, due);
      int read = 0;
      byte[] last = after;
      for (; movements.isValid() && read < readMax; movements.next(), read++) {
        last = movements.key();
        sweep.visit(last, movements.value());
      }
      movements.status();
      boolean isLast = !movements.isValid();
      begin(batch, sweep.gone);
      database.db().write(unsynced, batch);
      return new Step(isLast ? new byte[0] : behind(last), sweep.removed);
    } catch (RocksDBException e) {
      throw new StorageException("can not remove movements", e);
    }
  }

  private static byte[] behind(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  /** One step: what goes, and where the history then begins. */
  private final class Sweep {
    private final WriteBatch batch;
    private final Due due;
    private final Map<Integer, HistorySince> stored = new HashMap<>();
    private final Map<Integer, HistorySince> gone = new HashMap<>();
    private int removed;

    Sweep(WriteBatch batch, Due due) {
      this.batch = batch;
      this.due = due;
    }

    void visit(byte[] key, byte[] value) throws RocksDBException {
      int partition = due.partitionOf().applyAsInt(MovementKeys.store(key));
      if (!stored.containsKey(partition)) {
        stored.put(partition, since(partition));
      }
      HistorySince at =
          new HistorySince(MovementKeys.sequence(key), MovementCodec.timeMillis(value));
      boolean isOld = at.timeMillis() < due.beforeMillis();
      if (isOld) {
        gone.merge(partition, at, HistorySince::max);
      }
      if (isOld || at.sequence() <= stored.getOrDefault(partition, at).sequence()) {
        batch.delete(database.movements(), key);
        removed++;
      }
    }
  }
}
