package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.invariant.Violation;
import dev.holdfast.aggregator.invariant.ViolationLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** The violations, by id. The writer thread changes them, any thread reads. */
final class ViolationStore implements ViolationLog {
  private final ViewDatabase database;
  private final Clock clock;
  private volatile long lastId;

  ViolationStore(ViewDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.lastId = storedLastId();
  }

  private long storedLastId() {
    try (RocksIterator newest = database.db().newIterator(database.violations())) {
      newest.seekToLast();
      return newest.isValid() ? ViewKeys.violationId(newest.key()) : 0;
    }
  }

  /** Adds a violation to a write. */
  void add(WriteBatch batch, DigestCheck check, List<Difference> differences)
      throws RocksDBException {
    long id = lastId + 1;
    put(batch, new Violation(id, check, clock.millis(), List.of(), 0).named(differences));
    lastId = id;
  }

  /** Adds what differs to the open violations of a partition that lack it. */
  void name(WriteBatch batch, int partition, List<Difference> differences) throws RocksDBException {
    for (Violation open : open()) {
      if (open.check().partition() == partition && open.differences().isEmpty()) {
        put(batch, open.named(differences));
      }
    }
  }

  /** Closes the open violations of a partition. */
  void repair(WriteBatch batch, int partition) throws RocksDBException {
    for (Violation open : open()) {
      if (open.check().partition() == partition) {
        put(batch, open.repaired(clock.millis()));
      }
    }
  }

  private void put(WriteBatch batch, Violation violation) throws RocksDBException {
    batch.put(
        database.violations(),
        ViewKeys.violation(violation.id()),
        ViolationCodec.encode(violation));
  }

  @Override
  public List<Violation> newest(int max, long beforeId) {
    return find(beforeId, max, violation -> true);
  }

  @Override
  public List<Violation> open() {
    return find(Long.MAX_VALUE, Integer.MAX_VALUE, Violation::isOpen);
  }

  private List<Violation> find(long beforeId, int max, Predicate<Violation> wanted) {
    List<Violation> found = new ArrayList<>();
    try (RocksIterator newest = database.db().newIterator(database.violations())) {
      newest.seekForPrev(ViewKeys.violation(beforeId - 1));
      while (newest.isValid() && found.size() < max) {
        Violation violation =
            ViolationCodec.decode(ViewKeys.violationId(newest.key()), newest.value());
        if (wanted.test(violation)) {
          found.add(violation);
        }
        newest.prev();
      }
      return found;
    }
  }

  @Override
  public long count() {
    return lastId;
  }
}
