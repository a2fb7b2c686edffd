package dev.holdfast.aggregator.view;

import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Folds batches onto the stored view and gathers what has to be written. Many batches, of any
 * partitions, make one update. One projection serves one write, in one thread.
 *
 * <p>At every change both levels of an item are known, the one that the view has and the one after.
 * What the view holds of a partition is added up from these, not from what events tell, and
 * compared wherever the log says what it should be.
 *
 * <p>A change that throws changes nothing and is parked. A read of the stored view that throws is
 * no matter of the change: it ends the fold.
 */
public final class Projection {
  private static final long VERSION_AT_CREATION = 1;

  static final String VIOLATED = "it differs from the stores, as the digest at %d shows";

  private final ViewRecords stored;
  private final BiFunction<StockKey, StockLevel, StockLevel> reading;
  private final EventChanges changes = new EventChanges();
  private final Map<StockKey, StockLevel> levels = new HashMap<>();
  private final Map<String, SkuTotal> totals = new HashMap<>();
  private final Map<Integer, ViewCursor> cursors = new HashMap<>();
  private final List<Movement> movements = new ArrayList<>();
  private final RefusalsAndFreezes refusalsAndFreezes;
  private final List<DigestCheck> violated = new ArrayList<>();

  // of the partition that is folded
  private StateDigest digest = StateDigest.EMPTY;
  private PartTrust trust = PartTrust.START;

  public Projection(ViewRecords stored) {
    this(stored, (item, after) -> after);
  }

  /** For tests: a projection that misreads levels, or cannot read them. */
  public Projection(ViewRecords stored, BiFunction<StockKey, StockLevel, StockLevel> reading) {
    this.stored = stored;
    this.reading = reading;
    this.refusalsAndFreezes = new RefusalsAndFreezes(stored);
  }

  /**
   * Folds the batch that follows on the partition's cursor.
   *
   * @param end the cursor at the end of the batch, with digest and trust as they were before it
   * @param parking of this batch
   * @return the cursor as it is afterwards
   */
  public ViewCursor fold(EventBatch batch, ViewCursor end, Parking parking) {
    digest = end.digest();
    trust = end.trust();
    for (int index = 0; index < batch.events().size(); index++) {
      fold(batch, index, parking);
    }
    return keep(batch.partition(), end);
  }

  private ViewCursor keep(int partition, ViewCursor before) {
    ViewCursor cursor = before.with(digest, trust);
    cursors.put(partition, cursor);
    return cursor;
  }

  private void fold(EventBatch batch, int index, Parking parking) {
    List<ItemChange> found;
    try {
      found = changes.of(batch.events().get(index), batch.timeMillis());
    } catch (RuntimeException unreadable) {
      parking.unreadable(index, unreadable);
      return;
    }
    if (!found.isEmpty()) {
      EventHeader header = EventHeader.of(batch, index);
      for (ItemChange change : found) {
        fold(index, header, change, parking);
      }
    }
    Event event = batch.events().get(index).event();
    refusalsAndFreezes.take(batch.partition(), event, EventHeader.of(batch, index));
    if (event instanceof Event.StateDigestRecorded recorded) {
      long sequence = batch.firstSequence() + index;
      check(new DigestCheck(batch.partition(), sequence, recorded.digest(), digest), parking);
    }
  }

  private void fold(int index, EventHeader header, ItemChange change, Parking parking) {
    if (parking.isParked(change.item())) {
      parking.waits(index, change);
      return;
    }
    RuntimeException failure = apply(header, change);
    if (failure == null) {
      parking.applied();
    } else {
      parking.failed(index, change, failure);
    }
  }

  /** A part that differs by what is parked, and by nothing else, is reported elsewhere. */
  private void check(DigestCheck check, Parking parking) {
    if (check.holds()) {
      trust = trust.proven(check.sequence());
    } else if (trust.isTrusted() && !check.expected().equals(withParked(parking))) {
      trust = trust.distrusted(VIOLATED.formatted(check.sequence()));
      violated.add(check);
    }
  }

  /** What the part would add up to if nothing were parked. */
  private StateDigest withParked(Parking parking) {
    StateDigest[] whole = {digest};
    parking.forEachParked(
        (item, after) -> {
          StockLevel before = level(item);
          if (!isOvertaken(before, after)) {
            whole[0] = whole[0].changed(item, before, after);
          }
        });
    return whole[0];
  }

  private static boolean isOvertaken(@Nullable StockLevel current, StockLevel after) {
    return current != null && current.version() >= after.version();
  }

  /** Tells why it could not be applied, or null when it was. */
  private @Nullable RuntimeException apply(EventHeader header, ItemChange change) {
    StockKey item = change.item();
    StockLevel before = before(change);
    SkuTotal total = total(item.sku());
    try {
      StockLevel after = reading.apply(item, change.after());
      totals.put(item.sku(), total.changed(before, after));
      levels.put(item, after);
      digest = digest.changed(item, before, after);
      movements.add(movement(header, change));
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private @Nullable StockLevel before(ItemChange change) {
    StockLevel before = levels.get(change.item());
    boolean isNew = change.after().version() == VERSION_AT_CREATION;
    return before != null || isNew ? before : stored.level(change.item()); // a new one has none
  }

  private SkuTotal total(String sku) {
    SkuTotal total = totals.get(sku);
    if (total == null) {
      total = stored.total(sku);
    }
    return total != null ? total : SkuTotal.NONE;
  }

  /**
   * Applies a parked event after all, late: what it does to one item, or, when that was not known,
   * all that it does. A change that a later one of its item has overtaken changes no number.
   *
   * @param cursor of the partition, as it is stored
   * @return why it could not be applied, or null when it was
   */
  public @Nullable RuntimeException retry(
      int partition, ViewCursor cursor, ParkedEvent event, StockKey item) {
    ViewCursor before = cursors.getOrDefault(partition, cursor);
    digest = before.digest();
    trust = before.trust();
    RuntimeException failure = retry(partition, event, item);
    keep(partition, before);
    return failure;
  }

  private @Nullable RuntimeException retry(int partition, ParkedEvent parked, StockKey item) {
    List<ItemChange> found;
    try {
      found = changes.of(parked.event(), parked.timeMillis());
    } catch (RuntimeException unreadable) {
      return unreadable;
    }
    EventHeader header = parked.header();
    boolean all = item.equals(Parking.UNKNOWN);
    for (ItemChange change : found) {
      RuntimeException failure = all || change.item().equals(item) ? retry(header, change) : null;
      if (failure != null) {
        return failure;
      }
    }
    if (all) {
      refusalsAndFreezes.take(
          partition, parked.event().event(), header); // otherwise it was when it was folded
    }
    return null;
  }

  /** An overtaken one happened all the same: it enters the history. */
  private @Nullable RuntimeException retry(EventHeader header, ItemChange change) {
    if (!isOvertaken(level(change.item()), change.after())) {
      return apply(header, change);
    }
    movements.add(movement(header, change));
    return null;
  }

  private static Movement movement(EventHeader header, ItemChange change) {
    return new Movement(header, change.item(), change.before(), change.after());
  }

  private @Nullable StockLevel level(StockKey item) {
    StockLevel level = levels.get(item);
    return level != null ? level : stored.level(item);
  }

  public ViewUpdate update() {
    return new ViewUpdate(
        levels,
        totals,
        refusalsAndFreezes.demand(),
        cursors,
        movements,
        refusalsAndFreezes.refused(),
        violated,
        refusalsAndFreezes.frozenStores());
  }
}
