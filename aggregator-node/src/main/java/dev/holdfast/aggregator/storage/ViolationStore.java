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

  void add(FamilyWrite write, DigestCheck check, List<Difference> differences) {
    long id = lastId + 1;
    put(write, new Violation(id, check, clock.millis(), List.of(), 0).named(differences));
    lastId = id;
    openIds.add(id);
    openCount = openIds.size();
    forgetOldest(write);
  }

  /** The order of ids is that of time, so the walk ends at the first that is kept. */
  private void forgetOldest(FamilyWrite write) {
    try (FamilyRows oldest = database.rows(Family.VIOLATIONS)) {
      oldest.seekToFirst();
      while (oldest.isValid() && isOld(ViewKeys.violationId(oldest.key()))) {
        if (!openIds.contains(ViewKeys.violationId(oldest.key()))) {
          write.delete(Family.VIOLATIONS, oldest.key());
        }
        oldest.next();
      }
    }
  }

  private boolean isOld(long id) {
    return id <= lastId - keptMax;
  }

  /** Adds what differs to the open violations of a partition that lack it. */
  void name(FamilyWrite write, int partition, List<Difference> differences) {
    for (Violation open : open()) {
      if (open.check().partition() == partition && open.differences().isEmpty()) {
        put(write, open.named(differences));
      }
    }
  }

  /** Closes the open violations of a partition. */
  void repair(FamilyWrite write, int partition) {
    for (Violation open : open()) {
      if (open.check().partition() == partition) {
        put(write, open.repaired(clock.millis()));
        openIds.remove(open.id());
      }
    }
    openCount = openIds.size();
  }

  private static void put(FamilyWrite write, Violation violation) {
    write.put(
        Family.VIOLATIONS, ViewKeys.violation(violation.id()), ViolationCodec.encode(violation));
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
    for (long id : openIds.descendingSet()) {
      byte[] stored = database.get(Family.VIOLATIONS, ViewKeys.violation(id));
      if (stored != null) {
        open.add(ViolationCodec.decode(id, stored));
      }
    }
    return open;
  }

  private List<Violation> find(long beforeId, int max, Predicate<Violation> wanted) {
    List<Violation> found = new ArrayList<>();
    try (FamilyRows newest = database.rows(Family.VIOLATIONS)) {
      newest.seekBack(ViewKeys.violation(beforeId - 1));
      while (newest.isValid() && found.size() < max) {
        Violation violation =
            ViolationCodec.decode(ViewKeys.violationId(newest.key()), newest.value());
        if (wanted.test(violation)) {
          found.add(violation);
        }
        newest.previous();
      }
      return found;
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
