package dev.holdfast.aggregator.storage;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.deadletter.ChangeCounts;
import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.EventPlace;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.deadletter.LetterRecords;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.view.VisibleStores;
import dev.holdfast.common.domain.StockKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;

/** The dead letters in RocksDB: by place in the log, and the open ones of each item in order. */
final class LetterTable implements LetterRecords {
  private final ViewDatabase database;

  LetterTable(ViewDatabase database) {
    this.database = database;
  }

  void fill(FamilyWrite write, LetterUpdate update) {
    update.kept().values().forEach(letter -> put(write, letter));
    update
        .events()
        .forEach(
            (place, event) ->
                write.put(Family.EVENTS, LetterKeys.event(place), event.toByteArray()));
    deleteEvents(write, update);
    for (LetterId id : update.removed()) {
      write.delete(Family.LETTERS, LetterKeys.letter(id));
      write.delete(Family.LINES, LetterKeys.inOrder(id));
    }
    update.parkedBySku().forEach((sku, changes) -> putParked(write, sku, changes));
    update
        .counts()
        .forEach(
            (partition, counts) ->
                write.put(
                    Family.CHANGES,
                    ViewKeys.partition(partition),
                    LetterRecordCodec.encode(counts)));
  }

  private static void put(FamilyWrite write, DeadLetter letter) {
    write.put(Family.LETTERS, LetterKeys.letter(letter.id()), LetterRecordCodec.encode(letter));
    if (letter.isOpen()) {
      write.put(Family.LINES, LetterKeys.inOrder(letter.id()));
    } else {
      write.delete(Family.LINES, LetterKeys.inOrder(letter.id()));
    }
  }

  /** An event is stored once for all its letters, and goes with the last of them. */
  private void deleteEvents(FamilyWrite write, LetterUpdate update) {
    Set<EventPlace> left = new HashSet<>();
    update.removed().forEach(id -> left.add(id.place()));
    update.kept().keySet().forEach(id -> left.remove(id.place()));
    for (EventPlace place : left) {
      if (hasNoLetterBut(place, update.removed())) {
        write.delete(Family.EVENTS, LetterKeys.event(place));
      }
    }
  }

  private boolean hasNoLetterBut(EventPlace place, Set<LetterId> removed) {
    byte[] start = LetterKeys.event(place);
    try (FamilyRows letters = database.rows(Family.LETTERS)) {
      for (letters.seek(start); letters.isAt(start); letters.next()) {
        if (!removed.contains(LetterKeys.letter(letters.key()))) {
          return false;
        }
      }
      return true;
    }
  }

  private static void putParked(FamilyWrite write, String sku, long changes) {
    if (changes == 0) {
      write.delete(Family.PARKED, ViewKeys.sku(sku));
    } else {
      write.put(Family.PARKED, ViewKeys.sku(sku), LetterRecordCodec.encodeParked(changes));
    }
  }

  @Override
  public @Nullable DeadLetter letter(LetterId id) {
    byte[] bytes = get(Family.LETTERS, LetterKeys.letter(id));
    return bytes == null ? null : LetterRecordCodec.letter(id, bytes);
  }

  @Override
  public @Nullable ByteString event(EventPlace place) {
    byte[] bytes = get(Family.EVENTS, LetterKeys.event(place));
    return bytes == null ? null : ByteString.copyFrom(bytes);
  }

  private byte @Nullable [] get(Family family, byte[] key) {
    return database.uses().during(() -> database.get(family, key));
  }

  @Override
  public @Nullable LetterId following(LetterId id) {
    return database.uses().during(() -> next(id));
  }

  private @Nullable LetterId next(LetterId id) {
    try (FamilyRows letters = database.rows(Family.LINES)) {
      letters.seekBehind(LetterKeys.inOrder(id));
      return letters.isAt(LetterKeys.ofItem(id.item()))
          ? LetterKeys.inOrder(letters.key(), id.item())
          : null;
    }
  }

  /** How many letters of an item are open, as of a snapshot. */
  static long countOpen(ViewDatabase database, ReadOptions read, StockKey item) {
    byte[] start = LetterKeys.ofItem(item);
    long count = 0;
    try (FamilyRows letters = database.rows(Family.LINES, read)) {
      for (letters.seek(start); letters.isAt(start); letters.next()) {
        count++;
      }
      return count;
    }
  }

  /** How many letters of a SKU in some stores are open, as of a snapshot. */
  static long countOpen(
      ViewDatabase database, ReadOptions read, String sku, VisibleStores visible) {
    byte[] start = ViewKeys.storesOf(ViewKeys.sku(sku));
    long count = 0;
    try (FamilyRows letters = database.rows(Family.LINES, read)) {
      for (letters.seek(start); letters.isAt(start); letters.next()) {
        if (visible.has(LetterKeys.storeInOrder(letters.key(), start.length))) {
          count++;
        }
      }
      return count;
    }
  }

  @Override
  public List<DeadLetter> ofEvent(EventPlace place) {
    byte[] start = LetterKeys.event(place);
    List<DeadLetter> found = new ArrayList<>();
    scan(
        start,
        letter -> ViewKeys.startsWith(LetterKeys.letter(letter.id()), start) && found.add(letter));
    return found;
  }

  @Override
  public List<DeadLetter> page(
      @Nullable LetterId after, Predicate<DeadLetter> wanted, int lettersMax) {
    byte[] key = after == null ? new byte[0] : LetterKeys.letter(after);
    List<DeadLetter> found = new ArrayList<>();
    scan(
        after == null ? key : Arrays.copyOf(key, key.length + 1),
        letter -> {
          if (wanted.test(letter)) {
            found.add(letter);
          }
          return found.size() < lettersMax;
        });
    return found;
  }

  @Override
  public List<LetterId> openThrough(int partition, long sequence) {
    return through(partition, sequence, DeadLetter::isOpen);
  }

  @Override
  public List<LetterId> discarded(int partition) {
    return through(partition, Long.MAX_VALUE, letter -> !letter.isOpen());
  }

  private List<LetterId> through(int partition, long sequence, Predicate<DeadLetter> wanted) {
    List<LetterId> found = new ArrayList<>();
    scan(
        LetterKeys.event(new EventPlace(partition, 0)),
        letter -> {
          boolean within =
              letter.id().partition() == partition && letter.id().sequence() <= sequence;
          if (within && wanted.test(letter)) {
            found.add(letter.id());
          }
          return within;
        });
    return found;
  }

  /** Visits letters from a key on, until the visitor has enough. */
  private void scan(byte[] start, Predicate<DeadLetter> visitor) {
    database.uses().during(() -> visit(start, visitor));
  }

  private void visit(byte[] start, Predicate<DeadLetter> visitor) {
    try (FamilyRows letters = database.rows(Family.LETTERS)) {
      letters.seek(start);
      while (letters.isValid() && visitor.test(letter(letters))) {
        database.uses().check();
        letters.next();
      }
    }
  }

  private static DeadLetter letter(FamilyRows letters) {
    return LetterRecordCodec.letter(LetterKeys.letter(letters.key()), letters.value());
  }

  @Override
  public long parked(String sku) {
    return database.uses().during(() -> database.records().parked(sku));
  }

  @Override
  public Map<Integer, ChangeCounts> counts() {
    return database.uses().during(this::storedCounts);
  }

  private Map<Integer, ChangeCounts> storedCounts() {
    Map<Integer, ChangeCounts> counts = new HashMap<>();
    try (FamilyRows stored = database.rows(Family.CHANGES)) {
      for (stored.seekToFirst(); stored.isValid(); stored.next()) {
        counts.put(
            ByteBuffer.wrap(stored.key()).getInt(), LetterRecordCodec.counts(stored.value()));
      }
      return counts;
    }
  }
}
