package dev.holdfast.common.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.SampleRejections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RefusalTest {
  @ParameterizedTest
  @CsvSource({
    "ITEM_NOT_FOUND, NOT_FOUND",
    "RESERVATION_NOT_FOUND, NOT_FOUND",
    "ITEM_EXISTS, ITEM_EXISTS",
    "RESERVATION_EXISTS, RESERVATION_EXISTS",
    "VERSION_CONFLICT, VERSION_CONFLICT",
    "INSUFFICIENT_STOCK, INSUFFICIENT_STOCK",
    "QUANTITY_LIMIT, QUANTITY_LIMIT",
    "RESERVATION_CLOSED, RESERVATION_CLOSED",
    "RESERVATION_EXPIRED, RESERVATION_EXPIRED",
    "NOT_HELD, NOT_HELD",
    "LIFETIME_LIMIT, LIFETIME_LIMIT",
    "ITEM_FROZEN, ITEM_FROZEN",
    "STORE_FROZEN, STORE_FROZEN",
    "NOT_EMPTY, NOT_EMPTY",
    "COUNT_BELOW_RESERVED, INSUFFICIENT_STOCK",
    "ORDER_TOO_LARGE, ORDER_TOO_LARGE",
    "COUNT_OVERTAKEN, COUNT_OVERTAKEN",
    "LOCKED, LOCKED",
    "STALE_TOKEN, STALE_TOKEN",
    "TOO_MANY_LEASES, TOO_MANY_LEASES",
    "TRANSFER_NOT_FOUND, NOT_FOUND",
    "TRANSFER_EXISTS, TRANSFER_EXISTS",
    "TRANSFER_CLOSED, TRANSFER_CLOSED",
    "DESTINATION_NOT_FOUND, NOT_FOUND",
    "NOT_OUTSTANDING, NOT_OUTSTANDING",
    "HANDOVER_OUT_OF_ORDER, HANDOVER_OUT_OF_ORDER"
  })
  void shouldGiveEveryRejectionItsReason(RejectionCode code, Reason reason) {
    assertThat(Refusal.of("s", "r", SampleRejections.of(code, "k")).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource(value = RejectionCode.class, mode = EnumSource.Mode.EXCLUDE, names = "NOT_DUE")
  void shouldNameTheStoreInEveryRejection(RejectionCode code) {
    Refusal refusal = Refusal.of("berlin", "r-1", SampleRejections.of(code, "sku-1"));

    assertThat(refusal.metadata()).containsEntry("store", "berlin");
    assertThat(refusal.message()).contains("'berlin'");
  }

  @Test
  void shouldHaveNoAnswerToWhatTheLeaderAloneIsTold() {
    Rejection rejection = Rejection.of(RejectionCode.NOT_DUE, "");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Refusal.of("berlin", "r-1", rejection))
        .withMessageContaining("NOT_DUE");
  }

  @Test
  void shouldTellWhatAddsUpToTooLittle() {
    Rejection rejection = new Rejection.InsufficientStock("sku-1", 5, 3, 12, 7, 2);

    Refusal refusal = Refusal.of("berlin", "", rejection);

    assertThat(refusal.message())
        .isEqualTo(
            "SKU 'sku-1' in store 'berlin' has 12 on hand, 7 held by others, 2 safety stock: 3 can be"
                + " taken, 5 asked for");
    assertThat(refusal.metadata())
        .isEqualTo(
            Map.of(
                "store",
                "berlin",
                "sku",
                "sku-1",
                "requested",
                "5",
                "available",
                "3",
                "on_hand",
                "12",
                "held",
                "7",
                "safety_stock",
                "2"));
  }

  @Test
  void shouldTellExpectedAndActualVersion() {
    Refusal refusal = Refusal.of("berlin", "", new Rejection.VersionConflict("sku-1", 4, 7));

    assertThat(refusal.metadata())
        .isEqualTo(
            Map.of(
                "store", "berlin", "sku", "sku-1", "expected_version", "4", "actual_version", "7"));
  }

  @Test
  void shouldTellWhatIsInTheWayOfADeletion() {
    Rejection rejection = new Rejection.StockInTheWay(RejectionCode.NOT_EMPTY, "sku-1", 9, 4);

    Refusal refusal = Refusal.of("berlin", "", rejection);

    assertThat(refusal.message())
        .isEqualTo("SKU 'sku-1' in store 'berlin' has 9 on hand, 4 of them reserved");
    assertThat(refusal.metadata()).containsEntry("on_hand", "9").containsEntry("reserved", "4");
  }

  @Test
  void shouldNameALockedItemInAscii() {
    Refusal refusal = Refusal.of("Zürich", "", Rejection.of(RejectionCode.LOCKED, "tea/1 a"));

    assertThat(refusal.metadata()).containsEntry("lock_key", "Z%C3%BCrich/tea%2F1%20a");
  }

  @Test
  void shouldTellTheTokenThatCounts() {
    Refusal leased = Refusal.of("berlin", "", new Rejection.StaleToken("tea", 4, 9));
    Refusal free = Refusal.of("berlin", "", new Rejection.StaleToken("tea", 4, 0));

    assertThat(leased.metadata())
        .containsEntry("fencing_token", "4")
        .containsEntry("current_token", "9");
    assertThat(free.metadata()).doesNotContainKey("current_token");
  }

  @Test
  void shouldNameTheOperationThatAnOrderFailedOn() {
    Refusal refusal =
        Refusal.of("berlin", "", Rejection.of(RejectionCode.ITEM_FROZEN, "tea")).inOperation(3);

    assertThat(refusal.message()).isEqualTo("operations[3]: SKU 'tea' in store 'berlin' is frozen");
    assertThat(refusal.metadata()).containsEntry("operation", "3").containsEntry("sku", "tea");
  }

  @Test
  void shouldNameTheReservation() {
    Rejection rejection = Rejection.of(RejectionCode.RESERVATION_NOT_FOUND, "");

    Refusal refusal = Refusal.of("berlin", "r-1", rejection);

    assertThat(refusal.message()).isEqualTo("reservation 'r-1' in store 'berlin' does not exist");
    assertThat(refusal.metadata()).isEqualTo(Map.of("store", "berlin", "reservation_id", "r-1"));
  }

  @Test
  void shouldTellWhatTheReservationIs() {
    Rejection closed =
        new Rejection.ReservationIs(RejectionCode.RESERVATION_CLOSED, Reservation.State.RELEASED);

    Refusal refusal = Refusal.of("berlin", "r-1", closed);

    assertThat(refusal.message())
        .isEqualTo("reservation 'r-1' in store 'berlin' is released already");
    assertThat(refusal.metadata())
        .isEqualTo(Map.of("store", "berlin", "reservation_id", "r-1", "state", "released"));
  }

  @Test
  void shouldTellWhatTheReservationHolds() {
    Refusal refusal = Refusal.of("berlin", "r-1", new Rejection.NotHeld("tea", 5, 2));

    assertThat(refusal.message())
        .isEqualTo("reservation 'r-1' in store 'berlin' holds 2 of SKU 'tea', 5 asked for");
    assertThat(refusal.metadata()).containsEntry("requested", "5").containsEntry("held", "2");
  }

  @Test
  void shouldTellWhenTheLifeEnds() {
    Refusal refusal = Refusal.of("berlin", "r-1", new Rejection.LifetimeLimit(1_700_000_000_000L));

    assertThat(refusal.message())
        .isEqualTo(
            "reservation 'r-1' in store 'berlin' can last until 2023-11-14T22:13:20Z at the latest");
    assertThat(refusal.metadata()).containsEntry("life_ends_millis", "1700000000000");
  }

  @Test
  void shouldTellTheVersionsOfTheReservation() {
    Refusal refusal = Refusal.of("berlin", "r-1", new Rejection.VersionConflict("", 4, 7));

    assertThat(refusal.message())
        .isEqualTo("reservation 'r-1' in store 'berlin' is at version 7, not 4");
    assertThat(refusal.metadata())
        .containsEntry("expected_version", "4")
        .containsEntry("actual_version", "7")
        .containsEntry("reservation_id", "r-1");
  }
}
