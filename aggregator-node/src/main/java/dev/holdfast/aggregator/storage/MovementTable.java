package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.history.MovementStore;
import dev.holdfast.aggregator.view.Cursor;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.Refused;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The movements and refusals, the marks by which they are found, and from where they are complete.
 * The writer thread adds, any thread may sweep; whoever moves the beginning of the history holds
 * this object's lock until that is written.
 */
final class MovementTable implements MovementStore {
  private static final byte[] NOTHING = new byte[0];
  private static final byte OF_MOVEMENTS = 0;
  private static final byte OF_REFUSALS = 1;

  private final ViewDatabase database;
  private volatile boolean on = true;

  MovementTable(ViewDatabase database) {
    this.database = database;
  }

  void keep(boolean wanted) {
    on = wanted;
  }

  /** Adds what happened to a write, with the marks by which it is found. */
  void fill(WriteBatch batch, List<Movement> movements, List<Refused> refused)
      throws RocksDBException {
    if (!on) {
      return;
    }
    for (Movement movement : movements) {
      byte[] key = MovementKeys.movement(movement.item(), movement.sequence());
      batch.put(database.handle(Family.MOVEMENTS), key, MovementCodec.encode(movement));
      mark(batch, MarkKeys.of(movement));
    }
    for (Refused refusal : refused) {
      byte[] key = MovementKeys.movement(refusal.item(), refusal.happening().sequence());
      batch.put(database.handle(Family.REFUSALS), key, MovementCodec.encode(refusal));
      mark(batch, MarkKeys.of(refusal));
    }
  }

  void mark(WriteBatch batch, List<byte[]> keys) throws RocksDBException {
    for (byte[] key : keys) {
      batch.put(database.handle(Family.MARKS), key, NOTHING);
    }
  }

  /** The history begins where the view stands. */
  synchronized void beginAt(List<Cursor> cursors) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch();
        WriteOptions synced = new WriteOptions().setSync(true)) {
      for (int partition = 0; partition < cursors.size(); partition++) {
        begin(batch, partition, since(cursors.get(partition)));
      }
      database.write(synced, batch);
    }
  }

  /** Nothing is known of what is between the stored cursor of a part and a later one. */
  void skip(WriteBatch batch, int partition, Cursor to) throws RocksDBException {
    byte[] stored =
        database.db().get(database.handle(Family.CURSORS), ViewKeys.partition(partition));
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
        database.handle(Family.HISTORY),
        ViewKeys.partition(partition),
        MovementCodec.encode(since(partition).max(since)));
  }

  private HistorySince since(int partition) throws RocksDBException {
    byte[] bytes =
        database.db().get(database.handle(Family.HISTORY), ViewKeys.partition(partition));
    return bytes == null ? HistorySince.BEGINNING : MovementCodec.since(bytes);
  }

  @Override
  public Step sweep(byte[] after, Due due, int readMax) {
    return database.uses().during(() -> swept(after, due, readMax));
  }

  private synchronized Step swept(byte[] after, Due due, int readMax) {
    boolean ofMovements = after.length == 0 || after[0] == OF_MOVEMENTS;
    Kind kind = ofMovements ? movementRows() : refusalRows();
    byte[] from = after.length == 0 ? after : Arrays.copyOfRange(after, 1, after.length);
    try (WriteBatch batch = new WriteBatch();
        WriteOptions unsynced = new WriteOptions();
        ReadOptions past = ViewScan.options();
        RocksIterator rows = database.db().newIterator(kind.family(), past)) {
      rows.seek(from);
      Sweep sweep = new Sweep(batch, due, kind);
      byte[] last = from;
      for (int read = 0; rows.isValid() && read < readMax; rows.next(), read++) {
        database.uses().check();
        last = rows.key();
        sweep.visit(last, rows.value());
      }
      rows.status();
      boolean isLast = !rows.isValid();
      begin(batch, sweep.gone);
      database.write(unsynced, batch);
      return new Step(isLast ? end(ofMovements) : place(ofMovements, last), sweep.removed);
    } catch (RocksDBException e) {
      throw new StorageException("cannot remove movements", e);
    }
  }

  /** Behind the movements come the refusals. */
  private static byte[] end(boolean ofMovements) {
    return ofMovements ? new byte[] {OF_REFUSALS} : NOTHING;
  }

  /** Behind a row. */
  private static byte[] place(boolean ofMovements, byte[] key) {
    byte[] place = new byte[1 + key.length + 1];
    place[0] = ofMovements ? OF_MOVEMENTS : OF_REFUSALS;
    System.arraycopy(key, 0, place, 1, key.length);
    return place;
  }

  /** What one row tells: its time, and the marks that lead to it. */
  private record Row(long timeMillis, List<byte[]> marks) {}

  /** Where rows of a kind stand, and how they are read. */
  private record Kind(ColumnFamilyHandle family, BiFunction<byte[], byte[], Row> read) {}

  private Kind movementRows() {
    return new Kind(
        database.handle(Family.MOVEMENTS),
        (key, value) -> {
          Movement movement = MovementCodec.movement(key, value);
          return new Row(movement.happening().timeMillis(), MarkKeys.of(movement));
        });
  }

  private Kind refusalRows() {
    return new Kind(
        database.handle(Family.REFUSALS),
        (key, value) -> {
          Refused refused = MovementCodec.refused(key, value);
          return new Row(refused.happening().timeMillis(), MarkKeys.of(refused));
        });
  }

  /** One step: what goes, and where the history then begins. */
  private final class Sweep {
    private final WriteBatch batch;
    private final Due due;
    private final Kind kind;
    private final Map<Integer, HistorySince> stored = new HashMap<>();
    private final Map<Integer, HistorySince> gone = new HashMap<>();
    private int removed;

    Sweep(WriteBatch batch, Due due, Kind kind) {
      this.batch = batch;
      this.due = due;
      this.kind = kind;
    }

    void visit(byte[] key, byte[] value) throws RocksDBException {
      int partition = due.partitionOf().applyAsInt(MovementKeys.store(key));
      if (!stored.containsKey(partition)) {
        stored.put(partition, since(partition));
      }
      Row row = kind.read().apply(key, value);
      HistorySince at = new HistorySince(MovementKeys.sequence(key), row.timeMillis());
      boolean isOld = at.timeMillis() < due.beforeMillis().applyAsLong(partition);
      if (isOld) {
        gone.merge(partition, at, HistorySince::max);
      }
      if (isOld || at.sequence() <= stored.getOrDefault(partition, at).sequence()) {
        remove(key, row);
      } else {
        due.kept().add(at.timeMillis(), bytes(key, value, row));
      }
    }

    private void remove(byte[] key, Row row) throws RocksDBException {
      batch.delete(kind.family(), key);
      for (byte[] mark : row.marks()) {
        batch.delete(database.handle(Family.MARKS), mark);
      }
      removed++;
    }
  }

  private static long bytes(byte[] key, byte[] value, Row row) {
    return (long) key.length
        + value.length
        + row.marks().stream().mapToLong(mark -> mark.length).sum();
  }
}
