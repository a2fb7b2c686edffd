package dev.holdfast.aggregator.view;

import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Evolve;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateChanges;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds batches onto the stored view and gathers what has to be written. Many batches, of any
 * partitions, make one update. One projection serves one write, in one thread.
 *
 * <p>At every event both levels of an item are known, the one before and the one after.
 */
public final class Projection implements StateChanges {
  private static final long VERSION_AT_CREATION = 1;

  private final ViewRecords stored;
  private final Map<StockKey, StockLevel> levels = new HashMap<>();
  private final Map<String, SkuTotal> totals = new HashMap<>();
  private final Map<Integer, Cursor> cursors = new HashMap<>();

  public Projection(ViewRecords stored) {
    this.stored = stored;
  }

  /** Folds the batch that follows on the partition's cursor. */
  public void fold(EventBatch batch, Cursor end) {
    for (RecordedEvent event : batch.events()) {
      Evolve.apply(event, batch.timeMillis(), this);
    }
    cursors.put(batch.partition(), end);
  }

  @Override
  public void putStock(StockKey item, @Nullable StockLevel told, StockLevel after) {
    StockLevel before = levels.put(item, after);
    if (before == null && after.version() != VERSION_AT_CREATION) {
      before = stored.level(item); // a new item has no record: nothing to read
    }
    totals.put(item.sku(), total(item.sku()).changed(before, after));
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
    return new ViewUpdate(levels, totals, cursors);
  }
}
