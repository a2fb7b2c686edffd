package dev.holdfast.aggregator.storage;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.deadletter.ChangeCounts;
import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.EventPlace;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.deadletter.LetterRecords;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.common.domain.StockKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** The dead letters in RocksDB: by place in the log, and the open ones of each item in line. */
final class LetterTable implements LetterRecords {
  private static final byte[] NOTHING = new byte[0];

  private final ViewDatabase database;

  LetterTable(ViewDatabase database) {
    this.database = database;
  }

  /** Adds an update to a write. */
  void fill(WriteBatch batch, LetterUpdate update) throws RocksDBException {
    for (DeadLetter letter : update.kept().values()) {
      put(batch, letter);
    }
    new LetterEvents(database).fill(batch, update);
    for (LetterId id : update.removed()) {
      batch.delete(database.handle(Family.LETTERS), LetterKeys.letter(id));
      batch.delete(database.handle(Family.LINES), LetterKeys.inLine(id));
    }
    for (Map.Entry<String, Long> parked : update.parkedBySku().entrySet()) {
      putParked(batch, ViewKeys.sku(parked.getKey()), parked.getValue());
    }
    for (Map.Entry<Integer, ChangeCounts> counts : update.counts().entrySet()) {
      batch.put(
          database.handle(Family.CHANGES),
          ViewKeys.partition(counts.getKey()),
          LetterRecordCodec.encode(counts.getValue()));
    }
  }

  private void put(WriteBatch batch, DeadLetter letter) throws RocksDBException {
    batch.put(
        database.handle(Family.LETTERS),
        LetterKeys.letter(letter.id()),
        LetterRecordCodec.encode(letter));
    if (letter.isOpen()) {
      batch.put(database.handle(Family.LINES), LetterKeys.inLine(letter.id()), NOTHING);
    } else {
      batch.delete(database.handle(Family.LINES), LetterKeys.inLine(letter.id()));
    }
  }

  private void putParked(WriteBatch batch, byte[] sku, long changes) throws RocksDBException {
    if (changes == 0) {
      batch.delete(database.handle(Family.PARKED), sku);
    } else {
      batch.put(database.handle(Family.PARKED), sku, LetterRecordCodec.encodeParked(changes));
    }
  }

  @Override
  public @Nullable DeadLetter letter(LetterId id) {
    byte[] bytes = get(database.handle(Family.LETTERS), LetterKeys.letter(id));
    return bytes == null ? null : LetterRecordCodec.letter(id, bytes);
  }

  @Override
  public @Nullable ByteString event(EventPlace place) {
    byte[] bytes = get(database.handle(Family.EVENTS), LetterKeys.event(place));
    return bytes == null ? null : ByteString.copyFrom(bytes);
  }

  @Override
  public @Nullable LetterId following(LetterId id) {
    return database.uses().during(() -> nextInLine(id));
  }

  private @Nullable LetterId nextInLine(LetterId id) {
    byte[] line = LetterKeys.line(id.item());
    byte[] key = LetterKeys.inLine(id);
    try (RocksIterator lines = database.db().newIterator(database.handle(Family.LINES))) {
      lines.seek(Arrays.copyOf(key, key.length + 1));
      checkStatus(lines);
      boolean found = lines.isValid() && startsWith(lines.key(), line);
      return found ? LetterKeys.inLine(lines.key(), id.item()) : null;
    }
  }

  /** How many letters of an item are open, as of a snapshot. */
  static long lineLength(ViewDatabase database, ReadOptions read, StockKey item) {
    byte[] line = LetterKeys.line(item);
    long length = 0;
    try (RocksIterator lines = database.db().newIterator(database.handle(Family.LINES), read)) {
      lines.seek(line);
      while (lines.isValid() && startsWith(lines.key(), line)) {
        length++;
        lines.next();
      }
      checkStatus(lines);
      return length;
    }
  }

  @Override
  public List<DeadLetter> ofEvent(int partition, long sequence) {
    byte[] start = LetterKeys.event(new EventPlace(partition, sequence));
    List<DeadLetter> found = new ArrayList<>();
    scan(start, letter -> startsWith(LetterKeys.letter(letter.id()), start) && found.add(letter));
    return found;
  }

  @Override
  public List<DeadLetter> page(
      @Nullable LetterId after, Predicate<DeadLetter> wanted, int lettersMax) {
    byte[] key = after == null ? NOTHING : LetterKeys.letter(after);
    byte[] start = after == null ? NOTHING : Arrays.copyOf(key, key.length + 1);
    List<DeadLetter> found = new ArrayList<>();
    scan(
        start,
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
    try (RocksIterator letters = database.db().newIterator(database.handle(Family.LETTERS))) {
      letters.seek(start);
      while (letters.isValid() && visitor.test(letter(letters))) {
        database.uses().check();
        letters.next();
      }
      checkStatus(letters);
    }
  }

  private static DeadLetter letter(RocksIterator letters) {
    return LetterRecordCodec.letter(LetterKeys.letter(letters.key()), letters.value());
  }

  @Override
  public long parked(String sku) {
    byte[] bytes = get(database.handle(Family.PARKED), ViewKeys.sku(sku));
    return bytes == null ? 0 : LetterRecordCodec.parked(bytes);
  }

  @Override
  public Map<Integer, ChangeCounts> counts() {
    return database.uses().during(this::storedCounts);
  }

  private Map<Integer, ChangeCounts> storedCounts() {
    Map<Integer, ChangeCounts> counts = new HashMap<>();
    try (RocksIterator stored = database.db().newIterator(database.handle(Family.CHANGES))) {
      for (stored.seekToFirst(); stored.isValid(); stored.next()) {
        counts.put(
            ByteBuffer.wrap(stored.key()).getInt(), LetterRecordCodec.counts(stored.value()));
      }
      checkStatus(stored);
    }
    return counts;
  }

  private byte @Nullable [] get(ColumnFamilyHandle family, byte[] key) {
    return database.uses().during(() -> stored(family, key));
  }

  private byte @Nullable [] stored(ColumnFamilyHandle family, byte[] key) {
    try {
      return database.db().get(family, key);
    } catch (RocksDBException e) {
      throw new StorageException("cannot read the dead letters", e);
    }
  }

  private static void checkStatus(RocksIterator iterator) {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw new StorageException("cannot read the dead letters", e);
    }
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
