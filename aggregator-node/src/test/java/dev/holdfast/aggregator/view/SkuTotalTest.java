package dev.holdfast.aggregator.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.StockLevel.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkuTotalTest {
  /** Of 10 units 4 are held and 1 is safety stock; 3 more were shipped than came. */
  private static final StockLevel LEVEL = new StockLevel(10, 4, 2, 3, 1, State.ACTIVE);

  @Test
  void shouldAddUpStores() {
    SkuTotal one = SkuTotal.NONE.changed(null, LEVEL);

    assertThat(one).isEqualTo(new SkuTotal(10, 4, 1, 3, 5));
    assertThat(one.changed(null, LEVEL)).isEqualTo(new SkuTotal(20, 8, 2, 6, 10));
    assertThat(one.available()).isEqualTo(6);
  }

  @Test
  void shouldNotCountAFrozenItemAsReservable() {
    SkuTotal one = SkuTotal.NONE.changed(null, LEVEL);

    assertThat(one.changed(LEVEL, LEVEL.withTerms(1, State.FROZEN)))
        .isEqualTo(new SkuTotal(10, 4, 1, 3, 0));
  }

  @Test
  void shouldNotCountADeletedItemAsOneThatAStoreHas() {
    StockLevel empty = new StockLevel(0, 0, 2, 3, 0, State.ACTIVE);
    StockLevel deleted = empty.withTerms(0, State.DELETED);

    assertThat(SkuTotal.NONE.changed(null, empty).changed(empty, deleted))
        .isEqualTo(new SkuTotal(0, 0, 0, 3, 0));
  }

  /** Units on their way are somewhere, though no store has the item. */
  @Test
  void shouldBeGoneWhenNoStoreHasItAndNothingIsOnItsWay() {
    assertThat(SkuTotal.NONE.isGone()).isTrue();
    assertThat(new SkuTotal(0, 0, 1, 0, 0).isGone()).isFalse();
    assertThat(new SkuTotal(0, 0, 0, 3, 0).isGone()).isFalse();
    assertThat(new SkuTotal(0, 0, 0, -3, 0).isGone()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"10, -1, 1, 0", "10, 11, 1, 0", "10, 4, -1, 0", "10, 4, 1, -1", "10, 4, 1, 7"})
  void shouldNotExistWhenImpossible(long onHand, long reserved, long stores, long reservable) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SkuTotal(onHand, reserved, stores, 0, reservable))
        .withMessageStartingWith("impossible total");
  }

  @ParameterizedTest
  @CsvSource({"10, 10, 1, 0", "10, 4, 1, 6", "10, 0, 0, 10"})
  void shouldExistAtItsBounds(long onHand, long reserved, long stores, long reservable) {
    assertThat(new SkuTotal(onHand, reserved, stores, 0, reservable).available())
        .isEqualTo(onHand - reserved);
  }
}
