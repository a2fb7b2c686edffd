package dev.holdfast.aggregator.storage;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.deadletter.EventPlace;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** The events of dead letters, each stored once. For the writer thread. */
record LetterEvents(ViewDatabase database) {
  /** Adds the events of an update to a write; one goes with the last letter of it. */
  void fill(WriteBatch batch, LetterUpdate update) throws RocksDBException {
    for (Map.Entry<EventPlace, ByteString> event : update.events().entrySet()) {
      byte[] encoded = event.getValue().toByteArray();
      batch.put(database.handle(Family.EVENTS), LetterKeys.event(event.getKey()), encoded);
    }
    Set<EventPlace> left = new HashSet<>();
    update.removed().forEach(id -> left.add(id.place()));
    update.kept().keySet().forEach(id -> left.remove(id.place()));
    for (EventPlace place : left) {
      if (hasNoLetterBut(place, update.removed())) {
        batch.delete(database.handle(Family.EVENTS), LetterKeys.event(place));
      }
    }
  }

  private boolean hasNoLetterBut(EventPlace place, Set<LetterId> removed) throws RocksDBException {
    byte[] start = LetterKeys.event(place);
    try (RocksIterator letters = database.db().newIterator(database.handle(Family.LETTERS))) {
      letters.seek(start);
      while (letters.isValid() && isOf(letters.key(), start)) {
        if (!removed.contains(LetterKeys.letter(letters.key()))) {
          return false;
        }
        letters.next();
      }
      letters.status();
      return true;
    }
  }

  private static boolean isOf(byte[] key, byte[] start) {
    return key.length >= start.length
        && Arrays.equals(key, 0, start.length, start, 0, start.length);
  }
}
