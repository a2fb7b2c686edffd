package dev.holdfast.common.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RejectionTest {
  @ParameterizedTest
  @EnumSource
  void shouldBeTheRecordThatItsCodeNames(RejectionCode code) {
    Rejection rejection = SampleRejections.of(code, "tea");

    assertThat(rejection.code()).isEqualTo(code);
    assertThatNoException().isThrownBy(() -> code.checkFacts(rejection.getClass()));
  }

  /** A key of these may be used again, and the leader may decide otherwise the next time. */
  @Test
  void shouldLeaveAnEventUnlessItIsForNow() {
    assertThat(RejectionCode.values())
        .filteredOn(code -> !code.isRecorded())
        .containsExactlyInAnyOrder(
            RejectionCode.COUNT_OVERTAKEN,
            RejectionCode.LOCKED,
            RejectionCode.STALE_TOKEN,
            RejectionCode.TOO_MANY_LEASES,
            RejectionCode.HANDOVER_OUT_OF_ORDER,
            RejectionCode.NOT_DUE);
  }

  @Test
  void shouldNotHaveFactsOfAnotherCode() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rejection.of(RejectionCode.NOT_HELD, "tea"))
        .withMessage("NOT_HELD comes with the facts of NotHeld");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rejection.StockInTheWay(RejectionCode.LOCKED, "tea", 2, 1))
        .withMessage("LOCKED comes with the facts of Plain");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Rejection.ReservationIs(RejectionCode.NOT_EMPTY, Reservation.State.RELEASED))
        .withMessage("NOT_EMPTY comes with the facts of StockInTheWay");
  }
}
