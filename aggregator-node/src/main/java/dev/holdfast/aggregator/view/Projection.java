package dev.holdfast.aggregator.view;

import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Evolve;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateChanges;
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
 * <p>At every event both levels of an item are known, the one that the view has and the one after.
 * What the view holds of a partition is added up from these, not from what events tell, and
 * compared wherever the log says what it should be.
 */
public final class Projection implements StateChanges {
  private static final long VERSION_AT_CREATION = 1;

  static final String VIOLATED = "it differs from the stores, as the digest at %d shows";

  private final ViewRecords stored;
  private final BiFunction<StockKey, StockLevel, StockLevel> reading;
  private final Map<StockKey, StockLevel> levels = new HashMap<>();
  private final Map<String, SkuTotal> totals = new HashMap<>();
  private final Map<Integer, Cursor> cursors = new HashMap<>();
  private final List<DigestCheck> violated = new ArrayList<>();

  // of the partition that is folded
  private StateDigest digest = StateDigest.EMPTY;
  private Trust trust = Trust.START;

  public Projection(ViewRecords stored) {
    this(stored, (item, after) -> after);
  }

  /** For tests: a projection that misreads levels. */
  Projection(ViewRecords stored, BiFunction<StockKey, StockLevel, StockLevel> reading) {
    this.stored = stored;
    this.reading = reading;
  }

  /**
   * Folds the batch that follows on the partition's cursor.
   *
   * @param end the cursor at the end of the batch, with digest and trust as they were before it
   * @return the cursor as it is afterwards
   */
  public Cursor fold(EventBatch batch, Cursor end) {
    digest = end.digest();
    trust = end.trust();
    long sequence = batch.firstSequence();
    for (RecordedEvent event : batch.events()) {
      Evolve.apply(event, batch.timeMillis(), this);
      if (event.event() instanceof Event.StateDigestRecorded recorded) {
        check(new DigestCheck(batch.partition(), sequence, recorded.digest(), digest));
      }
      sequence++;
    }
    Cursor cursor = end.with(digest, trust);
    cursors.put(batch.partition(), cursor);
    return cursor;
  }

  private void check(DigestCheck check) {
    if (check.holds()) {
      trust = trust.proven(check.sequence());
    } else if (trust.isTrusted()) {
      trust = trust.distrusted(VIOLATED.formatted(check.sequence()));
      violated.add(check);
    }
  }

  @Override
  public void putStock(StockKey item, @Nullable StockLevel toldBefore, StockLevel toldAfter) {
    StockLevel after = reading.apply(item, toldAfter);
    StockLevel before = levels.put(item, after);
    if (before == null && after.version() != VERSION_AT_CREATION) {
      before = stored.level(item); // a new item has no record: nothing to read
    }
    totals.put(item.sku(), total(item.sku()).changed(before, after));
    digest = digest.changed(item, before, after);
  }

  private SkuTotal total(String sku) {
    SkuTotal total = totals.get(sku);
    return total != null ? total : orNone(stored.total(sku));
  }

  private static SkuTotal orNone(@Nullable SkuTotal total) {
    return total != null ? total : SkuTotal.NONE;
  }

  /** The view holds stock levels, which already count what reservations hold. */
  @Override
  public void putReservation(ReservationKey key, Reservation reservation) {}

  @Override
  public void removeReservation(ReservationKey key) {}

  public ViewUpdate update() {
    return new ViewUpdate(levels, totals, cursors, violated);
  }
}
