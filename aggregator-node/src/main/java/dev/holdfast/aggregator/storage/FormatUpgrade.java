package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.ingest.PartStorage;
import java.util.function.BiConsumer;
import org.rocksdb.ReadOptions;
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
  private final PartStorage parts;

  FormatUpgrade(ViewDatabase database, PartStorage parts) {
    this.database = database;
    this.parts = parts;
  }

  void run() {
    try {
      each(Family.MOVEMENTS, FormatUpgrade::mark);
      each(Family.LETTERS, FormatUpgrade::moveEvent);
      correctTotals();
    } catch (StorageException e) {
      throw new StorageException("cannot turn the view into format 5", e);
    }
  }

  private void correctTotals() {
    PartStorage.TotalsStep step = parts.correctTotals("", ROWS_PER_WRITE);
    while (!step.isLast()) {
      step = parts.correctTotals(step.lastSku(), ROWS_PER_WRITE);
    }
  }

  private static void mark(FamilyWrite write, FamilyRows movements) {
    var movement = MovementCodec.movement(movements.key(), movements.value());
    MovementTable.mark(write, MarkKeys.of(movement));
  }

  private static void moveEvent(FamilyWrite write, FamilyRows letters) {
    var event = LetterRecordCodec.event(letters.value());
    if (!event.isEmpty()) {
      LetterId id = LetterKeys.letter(letters.key());
      write.put(Family.EVENTS, LetterKeys.event(id.place()), event.toByteArray());
      write.put(
          Family.LETTERS,
          letters.key(),
          LetterRecordCodec.encode(LetterRecordCodec.letter(id, letters.value())));
    }
  }

  /**
   * Goes over a family, some rows a write.
   *
   * @param step adds to a write the outcome for the row that the walk is at
   */
  private void each(Family family, BiConsumer<FamilyWrite, FamilyRows> step) {
    try (ReadOptions past = ViewScan.options();
        WriteOptions unsynced = new WriteOptions();
        FamilyRows rows = database.rows(family, past)) {
      rows.seekToFirst();
      while (rows.isValid()) {
        database.write(unsynced, write -> some(write, rows, step));
      }
    }
  }

  private static void some(
      FamilyWrite write, FamilyRows rows, BiConsumer<FamilyWrite, FamilyRows> step) {
    for (int i = 0; i < ROWS_PER_WRITE && rows.isValid(); i++) {
      step.accept(write, rows);
      rows.next();
      if (write.batch().getDataSize() > BATCH_BYTES_MAX) {
        break;
      }
    }
  }
}
