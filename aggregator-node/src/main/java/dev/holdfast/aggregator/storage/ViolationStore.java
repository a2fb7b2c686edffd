package dev.holdfast.aggregator.storage;

import dev.holdfast.aggregator.invariant.Difference;
import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.invariant.Violation;
import dev.holdfast.aggregator.invariant.ViolationLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * The violations, by id: the newest ones, and older ones while they are open. Which are open is
 * known without reading. The writer thread changes them, any thread reads.
 */
final class ViolationStore implements ViolationLog {
  private static final int KEPT_MAX = 1_000;

  private final ViewDatabase database;
  private final Clock clock;
  private final int keptMax;
  private final ConcurrentSkipListSet<Long> openIds = new ConcurrentSkipListSet<>();
  private volatile int openCount;
  private volatile long lastId;

  ViolationStore(ViewDatabase database, Clock clock) {
    this(database, clock, KEPT_MAX);
  }

  /** With another bound, for tests. */
  ViolationStore(ViewDatabase database, Clock clock, int keptMax) {
    this.database = database;
    this.clock = clock;
    this.keptMax = keptMax;
    find(Long.MAX_VALUE, Integer.MAX_VALUE, this::isOpen);
    this.openCount = openIds.size();
  }

  /** Is shown all that are stored, when the store is opened. */
  private boolean isOpen(Violation stored) {
    lastId = Math.max(lastId, stored.id());
    return stored.isOpen() && openIds.add(stored.id());
  }

  /** Adds a violation to a write. */
  void add(WriteBatch batch, DigestCheck check, List<Difference> differences)
      throws RocksDBException {
    long id = lastId + 1;
    put(batch, new Violation(id, check, clock.millis(), List.of(), 0).named(differences));
    lastId = id;
    openIds.add(id);
    openCount = openIds.size();
    forgetOldest(batch);
  }

  /** The order of ids is that of time, so the walk ends at the first that is kept. */
  private void forgetOldest(WriteBatch batch) throws RocksDBException {
    try (RocksIterator oldest = database.db().newIterator(database.handle(Family.VIOLATIONS))) {
      oldest.seekToFirst();
      while (oldest.isValid() && isOld(ViewKeys.violationId(oldest.key()))) {
        if (!openIds.contains(ViewKeys.violationId(oldest.key()))) {
          batch.delete(database.handle(Family.VIOLATIONS), oldest.key());
        }
        oldest.next();
      }
      oldest.status();
    }
  }

  private boolean isOld(long id) {
    return id <= lastId - keptMax;
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
        openIds.remove(open.id());
      }
    }
    openCount = openIds.size();
  }

  private void put(WriteBatch batch, Violation violation) throws RocksDBException {
    batch.put(
        database.handle(Family.VIOLATIONS),
        ViewKeys.violation(violation.id()),
        ViolationCodec.encode(violation));
  }

  @Override
  public List<Violation> newest(int max, long beforeId) {
    return database.uses().during(() -> find(beforeId, max, violation -> true));
  }

  @Override
  public List<Violation> open() {
    return database.uses().during(this::storedOpen);
  }

  private List<Violation> storedOpen() {
    List<Violation> open = new ArrayList<>();
    try {
      for (long id : openIds.descendingSet()) {
        byte[] stored =
            database.db().get(database.handle(Family.VIOLATIONS), ViewKeys.violation(id));
        if (stored != null) {
          open.add(ViolationCodec.decode(id, stored));
        }
      }
      return open;
    } catch (RocksDBException e) {
      throw new StorageException("cannot read the violations", e);
    }
  }

  private List<Violation> find(long beforeId, int max, Predicate<Violation> wanted) {
    List<Violation> found = new ArrayList<>();
    try (RocksIterator newest = database.db().newIterator(database.handle(Family.VIOLATIONS))) {
      newest.seekForPrev(ViewKeys.violation(beforeId - 1));
      while (newest.isValid() && found.size() < max) {
        Violation violation =
            ViolationCodec.decode(ViewKeys.violationId(newest.key()), newest.value());
        if (wanted.test(violation)) {
          found.add(violation);
        }
        newest.prev();
      }
      newest.status();
      return found;
    } catch (RocksDBException e) {
      throw new StorageException("cannot read the violations", e);
    }
  }

  @Override
  public int openCount() {
    return openCount;
  }

  @Override
  public long count() {
    return lastId;
  }
}
