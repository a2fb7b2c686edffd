package dev.holdfast.common.codec;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.List;
import java.util.stream.Stream;

/** One event of every type, with every field set. Behind the golden bytes: never change one. */
final class SampleEvents {
  private static final ReservationKey RESERVATION = new ReservationKey("Zürich", "r-17");
  private static final StockKey ITEM = new StockKey("Zürich", "sku-1");
  private static final Lease LEASE = new Lease("till 4", 1_000, 1_700_000_002_123L);
  private static final Origin ORIGIN = new Origin("request-1", "alice");

  private SampleEvents() {}

  static List<Event> all() {
    return Stream.concat(ofStock().stream(), SampleTransfers.all().stream()).toList();
  }

  private static List<Event> ofStock() {
    return List.of(
        new Event.ItemCreated(new StockKey("Zürich", "sku-1"), new StockLevel(40, 0, 1)),
        new Event.StockAdjusted(
            new StockKey("Zürich", "sku-1"), -7, AdjustmentReason.SALE, new StockLevel(33, 5, 300)),
        new Event.StockReserved(RESERVATION, lines(new StockLevel(33, 8, 301))),
        new Event.ReservationConfirmed(RESERVATION, lines(new StockLevel(30, 5, 302))),
        new Event.ReservationReleased(RESERVATION, lines(new StockLevel(33, 5, 302))),
        new Event.CommandRejected(
            CommandKind.RESERVE,
            "Zürich",
            "r-17",
            new Rejection(RejectionCode.INSUFFICIENT_STOCK, "sku-1", 9, 8, 4, 5)),
        new Event.ReceiptsEvicted(1_234_567),
        new Event.StateDigestRecorded(
            new StateDigest(0x1122334455667788L, -2, 300, 40_000, 500, 0)),
        new Event.ItemTermsChanged(ITEM, new StockLevel(33, 5, 302), frozen(303)),
        new Event.StoreTermsChanged("Zürich", true),
        new Event.StockCounted(ITEM, 31, 1_700_000_000_100L, 34, new StockLevel(30, 5, 304)),
        new Event.OrderExecuted("Zürich", steps()),
        new Event.LeaseGranted(ITEM, LEASE, List.of(new StockKey("Zürich", "ключ"))),
        new Event.LeaseRenewed(ITEM, LEASE),
        new Event.LeaseReleased(ITEM, 1_000));
  }

  private static StockLevel frozen(long version) {
    return new StockLevel(33, 5, version, -4, 7, StockLevel.State.FROZEN);
  }

  private static List<Event> steps() {
    return List.of(
        new Event.StockAdjusted(ITEM, -7, AdjustmentReason.SALE, new StockLevel(33, 5, 300)),
        new Event.StockReserved(RESERVATION, lines(new StockLevel(33, 8, 301))));
  }

  /** What has a field more when it comes a second time. */
  static List<Event> again() {
    return List.of(
        new Event.ItemCreated(
            ITEM,
            new StockLevel(0, 0, 9, 3, 0, StockLevel.State.DELETED),
            new StockLevel(40, 0, 10)),
        new Event.CommandRejected(
            CommandKind.SUBMIT_ORDER,
            "Zürich",
            "",
            new Rejection(RejectionCode.ITEM_FROZEN, "sku-1", 0, 0, 0, 0),
            3));
  }

  /** The same with levels that can have come to be. */
  static List<Event> possible() {
    return all().stream()
        .map(event -> event instanceof Event.ReservationConfirmed ? confirmed() : event)
        .toList();
  }

  private static Event confirmed() {
    return new Event.ReservationConfirmed(
        RESERVATION,
        List.of(
            new LineChange("sku-1", 3, new StockLevel(30, 5, 302)),
            new LineChange("ключ", 1, new StockLevel(9, 1, 2))));
  }

  private static List<LineChange> lines(StockLevel after) {
    return List.of(
        new LineChange("sku-1", 3, after),
        new LineChange("ключ", 1, new StockLevel(StockLevel.QUANTITY_MAX, 1, 2)));
  }

  static RecordedEvent recorded(Event event) {
    return new RecordedEvent(event, ORIGIN, "order 66", "key-1", 0x1122334455667788L);
  }

  static EventBatch batchOf(List<Event> events) {
    byte[] hash = new byte[32];
    for (int i = 0; i < hash.length; i++) {
      hash[i] = (byte) i;
    }
    List<RecordedEvent> recorded = events.stream().map(SampleEvents::recorded).toList();
    return new EventBatch(2, 1_000, 7, 1_700_000_000_123L, hash, recorded);
  }
}
