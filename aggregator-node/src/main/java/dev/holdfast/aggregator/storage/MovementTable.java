package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.history.MovementStore;
import dev.holdfast.aggregator.view.HistorySince;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.RefusedCommand;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.failpoint.FailPoint;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.rocksdb.ReadOptions;
import org.rocksdb.WriteOptions;

/**
 * The movements and refusals, the marks by which they are found, and from where they are complete.
 * The writer thread adds, any thread may sweep; whoever moves the beginning of the history holds
 * this object's lock until that is written.
 */
final class MovementTable implements MovementStore {
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
  void fill(FamilyWrite write, List<Movement> movements, List<RefusedCommand> refused) {
    if (!on) {
      return;
    }
    for (Movement movement : movements) {
      byte[] key = MovementKeys.movement(movement.item(), movement.sequence());
      write.put(Family.MOVEMENTS, key, MovementCodec.encode(movement));
      mark(write, MarkKeys.of(movement));
    }
    for (RefusedCommand refusal : refused) {
      byte[] key = MovementKeys.movement(refusal.item(), refusal.header().sequence());
      write.put(Family.REFUSALS, key, MovementCodec.encode(refusal));
      mark(write, MarkKeys.of(refusal));
    }
  }

  static void mark(FamilyWrite write, List<byte[]> keys) {
    keys.forEach(key -> write.put(Family.MARKS, key));
  }

  /** The history begins where the view stands. */
  synchronized void beginAt(List<ViewCursor> cursors) {
    try (WriteOptions synced = new WriteOptions().setSync(true)) {
      database.write(
          synced,
          write -> {
            for (int partition = 0; partition < cursors.size(); partition++) {
              begin(write, partition, HistorySince.at(cursors.get(partition)));
            }
          });
    }
  }

  /** The history of a part begins behind what will never be in it. */
  void begin(FamilyWrite write, int partition, HistorySince since) {
    write.put(
        Family.HISTORY,
        ViewKeys.partition(partition),
        MovementCodec.encode(database.records().historySince(partition).max(since)));
  }

  @Override
  public Step sweep(byte[] after, Due due, int readMax) {
    return database.uses().during(() -> swept(after, due, readMax));
  }

  private synchronized Step swept(byte[] after, Due due, int readMax) {
    boolean ofMovements = after.length == 0 || after[0] == OF_MOVEMENTS;
    Kind kind = ofMovements ? MOVEMENT_ROWS : REFUSAL_ROWS;
    byte[] from = after.length == 0 ? after : Arrays.copyOfRange(after, 1, after.length);
    Sweep sweep = new Sweep(due, kind, from);
    try (WriteOptions unsynced = new WriteOptions();
        ReadOptions past = ViewScan.options();
        FamilyRows rows = database.rows(kind.family(), past)) {
      rows.seek(from);
      database.write(unsynced, write -> sweep.run(write, rows, readMax));
      FailPoint.HISTORY_SWEPT.reach();
      return new Step(
          rows.isValid() ? place(ofMovements, sweep.last) : end(ofMovements), sweep.removed);
    }
  }

  /** Behind the movements come the refusals. */
  private static byte[] end(boolean ofMovements) {
    return ofMovements ? new byte[] {OF_REFUSALS} : new byte[0];
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
  private record Kind(Family family, BiFunction<byte[], byte[], Row> read) {}

  private static final Kind MOVEMENT_ROWS =
      new Kind(
          Family.MOVEMENTS,
          (key, value) -> {
            Movement movement = MovementCodec.movement(key, value);
            return new Row(movement.header().timeMillis(), MarkKeys.of(movement));
          });
  private static final Kind REFUSAL_ROWS =
      new Kind(
          Family.REFUSALS,
          (key, value) -> {
            RefusedCommand refused = MovementCodec.refused(key, value);
            return new Row(refused.header().timeMillis(), MarkKeys.of(refused));
          });

  /** One step: what goes, and where the history then begins. */
  private final class Sweep {
    private final Due due;
    private final Kind kind;
    private final Map<Integer, HistorySince> stored = new HashMap<>();
    private final Map<Integer, HistorySince> gone = new HashMap<>();
    private byte[] last;
    private int removed;

    Sweep(Due due, Kind kind, byte[] from) {
      this.due = due;
      this.kind = kind;
      this.last = from;
    }

    void run(FamilyWrite write, FamilyRows rows, int readMax) {
      for (int read = 0; rows.isValid() && read < readMax; rows.next(), read++) {
        database.uses().check();
        last = rows.key();
        visit(write, last, rows.value());
      }
      gone.forEach((partition, since) -> begin(write, partition, since));
    }

    private void visit(FamilyWrite write, byte[] key, byte[] value) {
      int partition = due.partitionOf().applyAsInt(MovementKeys.store(key));
      HistorySince since = stored.computeIfAbsent(partition, database.records()::historySince);
      Row row = kind.read().apply(key, value);
      HistorySince at = new HistorySince(MovementKeys.sequence(key), row.timeMillis());
      boolean isOld = at.timeMillis() < due.beforeMillis().applyAsLong(partition);
      if (isOld) {
        gone.merge(partition, at, HistorySince::max);
      }
      if (isOld || at.sequence() <= since.sequence()) {
        remove(write, key, row);
      } else {
        due.kept().add(at.timeMillis(), bytes(key, value, row));
      }
    }

    private void remove(FamilyWrite write, byte[] key, Row row) {
      write.delete(kind.family(), key);
      row.marks().forEach(mark -> write.delete(Family.MARKS, mark));
      removed++;
    }
  }

  private static long bytes(byte[] key, byte[] value, Row row) {
    return (long) key.length
        + value.length
        + row.marks().stream().mapToLong(mark -> mark.length).sum();
  }
}
