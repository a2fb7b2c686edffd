package dev.holdfast.store.api.inventory;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationEvent;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReservationStep;
import dev.holdfast.common.domain.Shortfall;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.SubmitOrderResponse;
import dev.holdfast.store.api.call.Positions;
import dev.holdfast.store.api.call.RecordedCaller;
import dev.holdfast.store.api.call.RefusalAnswers;
import dev.holdfast.store.api.order.OrderKinds;
import dev.holdfast.store.testing.Requests;
import io.grpc.Status;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BatchAnswersTest {
  private static final StockKey TEA = new StockKey("berlin", "tea");
  private static final ReservationKey RESERVATION = new ReservationKey("berlin", "r-1");
  private static final List<LineChange> LINES =
      List.of(
          new LineChange("tea", 3, new StockLevel(9, 3, 2)),
          new LineChange("cup", 1, new StockLevel(4, 1, 8)));

  private static final Reservation.Open OPEN =
      new Reservation.Open(
          7,
          List.of(new HeldLine("tea", 3)),
          new Reservation.Purpose(5, "alice", "order 66", ""),
          new Reservation.Life(60, 90));

  static Stream<Event> itemEvents() {
    StockLevel after = new StockLevel(9, 3, 2);
    return Stream.of(
        new Event.ItemCreated(TEA, after),
        new Event.StockAdjusted(TEA, 4, AdjustmentReason.FOUND, after));
  }

  static Stream<Event> reservationEvents() {
    return Stream.of(
        new ReservationEvent.StockReserved(RESERVATION, LINES, OPEN.life(), "", List.of()),
        new ReservationEvent.ReservationConfirmed(RESERVATION, LINES, new ReservationStep(1, null)),
        new ReservationEvent.ReservationReleased(RESERVATION, LINES, new ReservationStep(1, null)),
        new ReservationEvent.ReservationReplaced(
            RESERVATION, LINES, new ReservationStep(1, OPEN), List.of()));
  }

  @ParameterizedTest
  @MethodSource("itemEvents")
  void shouldTellTheItemsLevelAndThePosition(Event event) {
    Accepted accepted = BatchAnswers.accepted(2, 77, recorded(event)).build();

    assertThat(accepted.getPosition())
        .isEqualTo(Position.newBuilder().setPartition(2).setSequence(77).build());
    assertThat(accepted.getStockList()).containsExactly(level("tea", 9, 3, 2));
    assertThat(accepted.getReservationId()).isEmpty();
    assertThat(RefusalAnswers.refusal(recorded(event))).isNull();
  }

  @ParameterizedTest
  @MethodSource("reservationEvents")
  void shouldTellTheLevelsInTheOrderOfTheLines(Event event) {
    Accepted accepted = BatchAnswers.accepted(0, 1, recorded(event)).build();

    assertThat(accepted.getReservationId()).isEqualTo("r-1");
    assertThat(accepted.getStockList())
        .containsExactly(level("tea", 9, 3, 2), level("cup", 4, 1, 8));
  }

  @Test
  void shouldTellVersionExpiryAndShortfallsOfAnOpenReservation() {
    Shortfall shortfall = new Shortfall("pot", 3, 1);
    Accepted made =
        accepted(
            new ReservationEvent.StockReserved(
                RESERVATION, LINES, OPEN.life(), "", List.of(shortfall)));
    Accepted extended =
        accepted(
            new ReservationEvent.ReservationExtended(RESERVATION, new ReservationStep(1, OPEN)));
    Accepted closed =
        accepted(
            new ReservationEvent.ReservationConfirmed(
                RESERVATION, LINES, new ReservationStep(1, null)));

    assertThat(made.getReservationVersion()).isEqualTo(1);
    assertThat(made.getExpiresMillis()).isEqualTo(60);
    assertThat(made.getShortfalls(0).getSku()).isEqualTo("pot");
    assertThat(made.getShortfalls(0).getRequested()).isEqualTo(3);
    assertThat(made.getShortfalls(0).getGranted()).isEqualTo(1);
    assertThat(extended.getReservationVersion()).isEqualTo(7);
    assertThat(extended.getExpiresMillis()).isEqualTo(60);
    assertThat(closed.getReservationVersion()).isZero();
    assertThat(closed.getExpiresMillis()).isZero();
  }

  private static Accepted accepted(Event event) {
    return BatchAnswers.accepted(0, 1, recorded(event)).build();
  }

  @Test
  void shouldRefuseWhatWasDecidedAgainst() {
    Rejection rejection = new Rejection.InsufficientStock("tea", 5, 3, 3, 0, 0);
    RecordedEvent event =
        recorded(new Event.CommandRejected(CommandKind.RESERVE, "berlin", "r-1", rejection));

    CommandOutcome outcome = BatchAnswers.outcome(0, 1, event, RefusalAnswers.DEFAULT);

    assertThat(RefusalAnswers.refusal(event))
        .extracting(Refusal::reason)
        .isEqualTo(Reason.INSUFFICIENT_STOCK);
    assertThat(outcome.getError().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION.value());
    assertThat(outcome.hasAccepted()).isFalse();
  }

  @Test
  void shouldAnswerEachOperationOfAnOrder() {
    Event sold = new Event.StockAdjusted(TEA, -2, AdjustmentReason.SALE, new StockLevel(3, 0, 2));
    Event more = new Event.StockAdjusted(TEA, -1, AdjustmentReason.SALE, new StockLevel(2, 0, 3));

    SubmitOrderResponse response =
        OrderKinds.ORDER.response(
            new Event.OrderExecuted("berlin", List.of(sold, more)), Positions.of(1, 7));

    assertThat(response.getPosition().getSequence()).isEqualTo(7);
    assertThat(response.getResultsList())
        .extracting(operation -> operation.getStock(0).getVersion())
        .containsExactly(2L, 3L);
  }

  @Test
  void shouldNameTheOperationThatAnOrderFailedOn() {
    Rejection rejection = Rejection.of(RejectionCode.ITEM_FROZEN, "tea");
    Event.CommandRejected rejected =
        new Event.CommandRejected(CommandKind.ADJUST_STOCK, "berlin", "", rejection).ofOrder(4);

    Refusal refusal = RefusalAnswers.refusal(recorded(rejected));

    assertThat(rejected.command()).isEqualTo(CommandKind.SUBMIT_ORDER);
    assertThat(refusal)
        .extracting(Refusal::metadata, as(InstanceOfAssertFactories.MAP))
        .containsEntry("operation", "4");
  }

  @Test
  void shouldHaveNoAnswerForWhatNoCallerAsked() {
    assertThatIllegalStateException()
        .isThrownBy(() -> BatchAnswers.accepted(0, 1, recorded(new Event.ReceiptsEvicted(3))));
  }

  @Test
  void shouldPutBatchOutcomesInTheOrderOfTheCommands() {
    RecordedCaller<dev.holdfast.proto.inventory.v1.SubmitBatchResponse> caller =
        new RecordedCaller<>();
    BatchReply reply = new BatchReply(3, caller, RefusalAnswers.DEFAULT);

    reply.ofPartition(1).decided(2, 9, recorded(new Event.ItemCreated(TEA, StockLevel.opening(1))));
    reply.ofPartition(0).failed(0, Reason.OVERLOADED, "slow down");
    assertThat(caller.calls()).isEmpty();
    reply.ofPartition(1).failed(1, Reason.NO_LEADER, "nobody leads");

    assertThat(caller.calls()).containsExactly("next", "completed");
    var outcomes = caller.responses().get(0).getOutcomesList();
    assertThat(outcomes.get(0).getError().getMessage()).isEqualTo("slow down");
    assertThat(outcomes.get(1).getError().getMessage()).isEqualTo("nobody leads");
    assertThat(outcomes.get(2).getAccepted().getPosition().getSequence()).isEqualTo(9);
  }

  private static RecordedEvent recorded(Event event) {
    return new RecordedEvent(event, Requests.ALICE, "", "", 0);
  }

  private static dev.holdfast.proto.inventory.v1.StockLevel level(
      String sku, long onHand, long reserved, long version) {
    return dev.holdfast.proto.inventory.v1.StockLevel.newBuilder()
        .setStore("berlin")
        .setSku(sku)
        .setOnHand(onHand)
        .setReserved(reserved)
        .setAvailable(onHand - reserved)
        .setVersion(version)
        .build();
  }
}
