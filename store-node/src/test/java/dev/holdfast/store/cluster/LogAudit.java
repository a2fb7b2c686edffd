package dev.holdfast.store.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Does the sums of a log again, from what each event says was asked for and not from the values it
 * carries, and checks those: no step of a version is missing, and nothing appears or disappears.
 */
final class LogAudit {
  private final Map<StockKey, Long> onHand = new HashMap<>();
  private final Map<StockKey, Long> reserved = new HashMap<>();
  private final Map<StockKey, Long> versions = new HashMap<>();
  private final Map<StockKey, StockLevel> levels = new HashMap<>();

  private LogAudit() {}

  /** The stock that a log leads to. */
  static Map<StockKey, StockLevel> stockOf(List<RecordedEvent> events) {
    LogAudit audit = new LogAudit();
    events.forEach(event -> audit.take(event.event()));
    return audit.levels;
  }

  private void take(Event event) {
    if (event instanceof Event.ItemCreated created) {
      assertThat(onHand).doesNotContainKey(created.item());
      move(created.item(), created.after().onHand(), 0, created.after());
    } else if (event instanceof Event.StockAdjusted adjusted) {
      move(adjusted.item(), adjusted.delta(), 0, adjusted.after());
    } else if (event instanceof ReservationEvent.StockReserved held) {
      lines(held.reservation().store(), held.lines(), 0, 1);
    } else if (event instanceof ReservationEvent.ReservationConfirmed sold) {
      lines(sold.reservation().store(), sold.lines(), -1, -1);
    } else if (event instanceof ReservationEvent.ReservationReleased released) {
      lines(released.reservation().store(), released.lines(), 0, -1);
    } else if (event instanceof ReservationEvent.ReservationExpired expired) {
      lines(expired.reservation().store(), expired.lines(), 0, -1);
    } else if (event instanceof ReservationEvent.ReservationReplaced replaced) {
      lines(replaced.reservation().store(), replaced.lines(), 0, 1);
    }
  }

  private void lines(String store, List<LineChange> lines, int onHandSign, int reservedSign) {
    for (LineChange line : lines) {
      long quantity = line.quantity();
      move(
          new StockKey(store, line.sku()),
          onHandSign * quantity,
          reservedSign * (quantity + line.released()),
          line.after());
    }
  }

  private void move(StockKey item, long moreOnHand, long moreReserved, StockLevel after) {
    long units = onHand.merge(item, moreOnHand, Long::sum);
    long held = reserved.merge(item, moreReserved, Long::sum);
    long version = versions.merge(item, 1L, Long::sum);
    assertThat(after).as(item.toString()).isEqualTo(new StockLevel(units, held, version));
    levels.put(item, after);
  }
}
