package dev.holdfast.common.codec;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.LeaseEvent;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.common.domain.SampleRejections;
import dev.holdfast.common.domain.Shortfall;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TermsEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One event of every type, with every field set. Behind the golden bytes: never change one. */
final class SampleEvents {
  private static final ReservationKey RESERVATION = new ReservationKey("Zürich", "r-17");
  private static final StockKey ITEM = new StockKey("Zürich", "sku-1");
  private static final Lease LEASE = new Lease("till 4", 1_000, 1_700_000_002_123L);
  private static final Reservation.Life LIFE =
      new Reservation.Life(1_700_000_060_000L, 1_700_003_600_000L);
  private static final Reservation.Open OPEN =
      new Reservation.Open(
          4,
          List.of(new HeldLine("sku-1", 5), new HeldLine("чай", StockLevel.QUANTITY_MAX)),
          new Reservation.Purpose(1_700_000_000_123L, "alice", "order 66", "basket 9"),
          LIFE);
  private static final ReservationStep STEP = new ReservationStep(1_700_000_060_000L, OPEN);

  /** As it was written before reservations expired. */
  private static final ReservationStep CLOSED = new ReservationStep(0, null);

  private static final List<Shortfall> SHORTFALLS =
      List.of(new Shortfall("sku-1", 9, 3), new Shortfall("pot", 2, 0));
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
        new ReservationEvent.StockReserved(
            RESERVATION,
            lines(new StockLevel(33, 8, 301)),
            new Reservation.Life(0, 0),
            "",
            List.of()),
        new ReservationEvent.ReservationConfirmed(
            RESERVATION, lines(new StockLevel(30, 5, 302)), CLOSED),
        new ReservationEvent.ReservationReleased(
            RESERVATION, lines(new StockLevel(33, 5, 302)), CLOSED),
        new ReservationEvent.ReservationExtended(
            RESERVATION, new ReservationStep(1_700_000_050_000L, OPEN)),
        new ReservationEvent.ReservationReplaced(RESERVATION, replaced(), STEP, SHORTFALLS),
        new ReservationEvent.ReservationExpired(
            RESERVATION,
            lines(new StockLevel(33, 5, 302)),
            new ReservationStep(1_700_000_060_000L, null)),
        new Event.CommandRejected(
            CommandKind.RESERVE,
            "Zürich",
            "r-17",
            new Rejection.InsufficientStock("sku-1", 9, 8, 0, 0, 0)),
        new Event.ReceiptsEvicted(1_234_567),
        new Event.StateDigestRecorded(
            new StateDigest(0x1122334455667788L, -2, 300, 40_000, 500, 0)),
        new TermsEvent.ItemTermsChanged(ITEM, new StockLevel(33, 5, 302), frozen(303)),
        new TermsEvent.StoreTermsChanged("Zürich", false, true),
        new Event.StockCounted(ITEM, 31, 1_700_000_000_100L, 34, new StockLevel(30, 5, 304)),
        new Event.OrderExecuted("Zürich", steps()),
        new LeaseEvent.LeaseGranted(ITEM, LEASE, List.of(new StockKey("Zürich", "ключ"))),
        new LeaseEvent.LeaseRenewed(ITEM, LEASE),
        new LeaseEvent.LeaseReleased(ITEM, 1_000));
  }

  private static StockLevel frozen(long version) {
    return new StockLevel(33, 5, version, -4, 7, StockLevel.State.FROZEN);
  }

  private static List<Event> steps() {
    return List.of(
        new Event.StockAdjusted(ITEM, -7, AdjustmentReason.SALE, new StockLevel(33, 5, 300)),
        new ReservationEvent.StockReserved(
            RESERVATION,
            lines(new StockLevel(33, 8, 301)),
            new Reservation.Life(0, 0),
            "",
            List.of()));
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
            Rejection.of(RejectionCode.ITEM_FROZEN, "sku-1"),
            3));
  }

  /** What got fields more for a third time. */
  static List<Event> third() {
    StockLevel level = new StockLevel(20, 9, 7, 0, 3, StockLevel.State.ACTIVE);
    return List.of(
        new Event.CommandRejected(
            CommandKind.RESERVE,
            "Zürich",
            "r-17",
            new Rejection.InsufficientStock("sku-1", 9, 8, level.onHand(), 9, 3)),
        new TermsEvent.StoreTermsChanged("Zürich", true, false));
  }

  /** Those that got more fields since their golden bytes were written, with all of them set. */
  static List<Event> full() {
    return List.of(
        new ReservationEvent.StockReserved(
            RESERVATION, lines(new StockLevel(33, 8, 301)), LIFE, "basket 9", SHORTFALLS),
        new Event.StockAdjusted(ITEM, -7, AdjustmentReason.SALE, new StockLevel(5, 5, 300), 12),
        new ReservationEvent.ReservationConfirmed(
            RESERVATION, lines(new StockLevel(30, 5, 302), 2), STEP),
        new ReservationEvent.ReservationReleased(
            RESERVATION, lines(new StockLevel(33, 5, 302)), STEP));
  }

  /** One of every code, with all facts that it comes with. */
  static List<Event> rejections() {
    return Arrays.stream(RejectionCode.values())
        .map(code -> rejected(SampleRejections.of(code, "sku-1")))
        .toList();
  }

  static Event rejected(Rejection rejection) {
    return new Event.CommandRejected(CommandKind.CONFIRM_RESERVATION, "Zürich", "r-17", rejection);
  }

  /** The same with levels that can have come to be. */
  static List<Event> possible() {
    return all().stream()
        .map(event -> event instanceof ReservationEvent.ReservationConfirmed ? confirmed() : event)
        .toList();
  }

  private static Event confirmed() {
    return new ReservationEvent.ReservationConfirmed(
        RESERVATION,
        List.of(
            new LineChange("sku-1", 3, new StockLevel(30, 5, 302)),
            new LineChange("ключ", 1, new StockLevel(9, 1, 2))),
        CLOSED);
  }

  private static List<LineChange> replaced() {
    return List.of(
        new LineChange("sku-1", 3, new StockLevel(33, 8, 301)),
        new LineChange("ключ", -1, new StockLevel(StockLevel.QUANTITY_MAX, 1, 2)));
  }

  private static List<LineChange> lines(StockLevel after) {
    return lines(after, 0);
  }

  private static List<LineChange> lines(StockLevel after, long released) {
    return List.of(
        new LineChange("sku-1", 3, after, released),
        new LineChange("ключ", 1, new StockLevel(StockLevel.QUANTITY_MAX, 1, 2), released));
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
