package dev.holdfast.common.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StockLevelTest {
  @Test
  void shouldCountTheVersionUpWithEveryChange() {
    StockLevel level = StockLevel.opening(10);

    assertThat(level).isEqualTo(new StockLevel(10, 0, 1));
    assertThat(level.adjusted(-3)).isEqualTo(new StockLevel(7, 0, 2));
    assertThat(level.held(4)).isEqualTo(new StockLevel(10, 4, 2));
    assertThat(level.held(4).changed(-4, -4, 0)).isEqualTo(new StockLevel(6, 0, 3));
    assertThat(level.held(4).released(4)).isEqualTo(new StockLevel(10, 0, 3));
    assertThat(level.held(4).available()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 1", "0, 1, 1", "5, -1, 1", "5, 6, 1", "5, 5, 0", "1000000000001, 0, 1"})
  void shouldNotExistWhenImpossible(long onHand, long reserved, long version) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StockLevel(onHand, reserved, version))
        .withMessageStartingWith("impossible stock");
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "5, 5, 1", "1000000000000, 1000000000000, 9223372036854775807"})
  void shouldExistAtItsBounds(long onHand, long reserved, long version) {
    assertThat(new StockLevel(onHand, reserved, version).available()).isNotNegative();
  }

  @ParameterizedTest
  @CsvSource({"0, -1, ACTIVE", "0, 1000000000001, ACTIVE", "1, 0, DELETED"})
  void shouldNotHaveImpossibleTerms(long onHand, long safetyStock, StockLevel.State state) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StockLevel(onHand, 0, 1, 0, safetyStock, state));
  }

  @Test
  void shouldKeepSafetyStockFromReservations() {
    StockLevel level = new StockLevel(10, 2, 1).withTerms(5, StockLevel.State.ACTIVE);
    StockLevel all = level.withTerms(StockLevel.QUANTITY_MAX, StockLevel.State.ACTIVE);

    assertThat(level).isEqualTo(new StockLevel(10, 2, 2, 0, 5, StockLevel.State.ACTIVE));
    assertThat(level.available()).isEqualTo(8);
    assertThat(level.reservable()).isEqualTo(3);
    assertThat(all.reservable()).isZero();
  }

  @Test
  void shouldGoOnWithItsVersionWhenItIsCreatedAgain() {
    StockLevel deleted = new StockLevel(0, 0, 7, 3, 0, StockLevel.State.DELETED);

    assertThat(deleted.reopened(5))
        .isEqualTo(new StockLevel(5, 0, 8, 3, 0, StockLevel.State.ACTIVE));
  }

  @Test
  void shouldTellWhatMayBeDoneWithIt() {
    StockLevel active = new StockLevel(0, 0, 1);
    StockLevel frozen = active.withTerms(0, StockLevel.State.FROZEN);
    StockLevel deleted = active.withTerms(0, StockLevel.State.DELETED);

    assertThat(active.isFrozen() || active.isDeleted()).isFalse();
    assertThat(frozen.isFrozen()).isTrue();
    assertThat(frozen.isDeleted()).isFalse();
    assertThat(deleted.isDeleted()).isTrue();
    assertThat(deleted.isFrozen()).isFalse();
  }

  @Test
  void shouldTellTheLevelBeforeAnyChange() {
    StockLevel before = new StockLevel(9, 4, 7, -3, 2, StockLevel.State.FROZEN);

    assertThat(before.changed(5, -1, 6))
        .isEqualTo(new StockLevel(14, 3, 8, 3, 2, StockLevel.State.FROZEN));
    assertThat(before.changed(5, -1, 6).unchanged(5, -1, 6)).isEqualTo(before);
    assertThat(before.shipped(4)).isEqualTo(new StockLevel(5, 4, 8, 1, 2, StockLevel.State.FROZEN));
  }

  @ParameterizedTest
  @CsvSource({
    "RECEIVE, true, false",
    "SALE, false, true",
    "RETURN, true, false",
    "WRITE_OFF, false, true",
    "FOUND, true, false",
    "RECOUNT, true, true"
  })
  void shouldKnowTheSignThatAReasonAllows(AdjustmentReason reason, boolean plus, boolean minus) {
    assertThat(reason.fits(5)).isEqualTo(plus);
    assertThat(reason.fits(-5)).isEqualTo(minus);
    assertThat(reason.sign()).isEqualTo((plus ? 1 : 0) - (minus ? 1 : 0));
  }
}
