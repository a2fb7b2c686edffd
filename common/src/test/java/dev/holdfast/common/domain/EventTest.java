package dev.holdfast.common.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class EventTest {
  private static final StockKey TEA = new StockKey("berlin", "tea");
  private static final StockLevel LEVEL = new StockLevel(9, 3, 2);
  private static final Event ADJUSTED =
      new Event.StockAdjusted(TEA, -2, AdjustmentReason.SALE, LEVEL);
  private static final ReservationKey RESERVATION = new ReservationKey("berlin", "r-1");
  private static final List<LineChange> TWO_LINES =
      List.of(new LineChange("tea", 3, LEVEL), new LineChange("cup", 1, LEVEL));
  private static final List<Shortfall> SHORT = List.of(new Shortfall("pot", 4, 0));
  private static final Reservation.Life LIFE = new Reservation.Life(60, 900);
  private static final ReservationStep CLOSED = new ReservationStep(60, null);
  private static final ReservationStep THREE_STAY =
      new ReservationStep(
          60,
          new Reservation.Open(
              2,
              List.of(new HeldLine("tea", 1), new HeldLine("cup", 1), new HeldLine("pot", 1)),
              new Reservation.Purpose(1, "alice", "", ""),
              LIFE));
  private static final TransferKey TRANSFER = new TransferKey("berlin", "t-1");
  private static final Transfer TWO_SHIPPED =
      Transfer.shipped(
          "oslo",
          1,
          List.of(TransferLine.shipped("tea", 3), TransferLine.shipped("cup", 1)),
          new Transfer.Opening(1, "alice", ""));

  /** By this a batch is kept within its size before it is encoded. */
  @Test
  void shouldCountTheLinesOfReservations() {
    assertThat(reserved().lineCount()).isEqualTo(3);
    assertThat(confirmed(CLOSED).lineCount()).isEqualTo(2);
    assertThat(confirmed(THREE_STAY).lineCount()).isEqualTo(5);
    assertThat(released(THREE_STAY).lineCount()).isEqualTo(5);
    assertThat(new ReservationEvent.ReservationExtended(RESERVATION, THREE_STAY).lineCount())
        .isEqualTo(3);
    assertThat(
            new ReservationEvent.ReservationReplaced(RESERVATION, TWO_LINES, THREE_STAY, SHORT)
                .lineCount())
        .isEqualTo(6);
    assertThat(new ReservationEvent.ReservationExpired(RESERVATION, TWO_LINES, CLOSED).lineCount())
        .isEqualTo(2);
  }

  private static Event reserved() {
    return new ReservationEvent.StockReserved(RESERVATION, TWO_LINES, LIFE, "", SHORT);
  }

  private static Event confirmed(ReservationStep step) {
    return new ReservationEvent.ReservationConfirmed(RESERVATION, TWO_LINES, step);
  }

  private static Event released(ReservationStep step) {
    return new ReservationEvent.ReservationReleased(RESERVATION, TWO_LINES, step);
  }

  @Test
  void shouldCountTheLinesOfOrdersAndTransfers() {
    Event order = new Event.OrderExecuted("berlin", List.of(ADJUSTED, reserved()));
    Event shipped = new TransferEvent.TransferShipped(TRANSFER, TWO_SHIPPED, TWO_LINES);
    Event credited =
        new TransferEvent.TransferCredited(
            TRANSFER,
            0,
            InboundChannel.NONE,
            "oslo",
            List.of(
                new CreditedLine("tea", 3, LEVEL, false),
                new CreditedLine("cup", 1, LEVEL, false)));

    assertThat(ADJUSTED.lineCount()).isEqualTo(1);
    assertThat(order.lineCount()).isEqualTo(4);
    assertThat(shipped.lineCount()).as("its lines and those of the transfer").isEqualTo(4);
    assertThat(credited.lineCount()).isEqualTo(2);
  }

  @Test
  void shouldCountTheOperationsOfARejectedOrderFromOne() {
    Event.CommandRejected rejected =
        new Event.CommandRejected(
            CommandKind.RESERVE, "berlin", "r-1", Rejection.of(RejectionCode.STORE_FROZEN));

    assertThat(rejected.operation()).isZero();
    assertThat(rejected.ofOrder(0))
        .isEqualTo(
            new Event.CommandRejected(
                CommandKind.SUBMIT_ORDER, "berlin", "r-1", rejected.rejection(), 1));
  }

  @Test
  void shouldTellTheStoreOfTerms() {
    assertThat(new TermsEvent.ItemTermsChanged(TEA, LEVEL, LEVEL).facts())
        .isEqualTo(new EventFacts(EventKind.ITEM_TERMS_CHANGED, "berlin", "", "", ""));
  }

  @Test
  void shouldBeAReceiptOnlyOfACommandWithAKey() {
    assertThat(recorded("").isReceipt()).isFalse();
    assertThat(recorded("k-1").isReceipt()).isTrue();
  }

  @Test
  void shouldNumberTheEventsOfABatchWithoutAGap() {
    List<RecordedEvent> three = List.of(recorded(""), recorded(""), recorded(""));

    assertThat(new EventBatch(0, 17, 1, 5, new byte[32], three).lastSequence()).isEqualTo(19);
  }

  private static RecordedEvent recorded(String key) {
    return new RecordedEvent(ADJUSTED, new Origin("request-1", "alice"), "", key, 7);
  }
}
