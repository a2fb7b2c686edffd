package dev.holdfast.aggregator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LeaseEvent;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventChangesTest {
  private static final StockKey TEA = new StockKey("berlin", "tea");
  private static final StockKey CUP = new StockKey("berlin", "cup");

  /** Letters and movements are told apart by sequence and item: one event, one change an item. */
  @Test
  void shouldTellEachItemOfAnOrderOnce() {
    Event order =
        new Event.OrderExecuted(
            "berlin",
            List.of(
                sold(TEA, -2, new StockLevel(8, 0, 5)),
                sold(CUP, -1, new StockLevel(3, 0, 2)),
                sold(TEA, -3, new StockLevel(5, 0, 6))));

    List<ItemChange> changes = new EventChanges().of(recorded(order), 0);

    assertThat(changes)
        .containsExactly(
            new ItemChange(TEA, new StockLevel(10, 0, 4), new StockLevel(5, 0, 6)),
            new ItemChange(CUP, new StockLevel(4, 0, 1), new StockLevel(3, 0, 2)));
  }

  @Test
  void shouldChangeNothingForLeasesAndFrozenStores() {
    EventChanges changes = new EventChanges();

    assertThat(changes.of(recorded(new LeaseEvent.LeaseReleased(TEA, 7)), 0)).isEmpty();
    assertThat(changes.of(recorded(new TermsEvent.StoreTermsChanged("berlin", false, true)), 0))
        .isEmpty();
  }

  @Test
  void shouldTellTheLevelsAfterAnEvent() {
    Event order =
        new Event.OrderExecuted(
            "berlin",
            List.of(
                sold(TEA, -2, new StockLevel(8, 0, 5)),
                sold(CUP, -1, new StockLevel(3, 0, 2)),
                sold(TEA, -3, new StockLevel(5, 0, 6))));

    assertThat(EventChanges.after(recorded(order)))
        .containsOnly(
            Map.entry(TEA, new StockLevel(5, 0, 6)), Map.entry(CUP, new StockLevel(3, 0, 2)));
  }

  @Test
  void shouldTellOfOneEventAtATime() {
    EventChanges changes = new EventChanges();

    assertThat(changes.of(recorded(sold(TEA, -2, new StockLevel(8, 0, 5))), 0)).hasSize(1);
    assertThat(changes.of(recorded(sold(CUP, -1, new StockLevel(3, 0, 2))), 0)).hasSize(1);
  }

  private static Event sold(StockKey item, long delta, StockLevel after) {
    return new Event.StockAdjusted(item, delta, AdjustmentReason.SALE, after);
  }

  private static RecordedEvent recorded(Event event) {
    return new RecordedEvent(event, Origin.SYSTEM, "", "", 0);
  }
}
