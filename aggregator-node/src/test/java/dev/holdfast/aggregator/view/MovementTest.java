package dev.holdfast.aggregator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.EventFacts;
import dev.holdfast.common.domain.EventKind;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.StockLevel.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MovementTest {
  private static boolean ranOut(@Nullable StockLevel before, StockLevel after) {
    return movement(before, after).ranOut();
  }

  private static Movement movement(@Nullable StockLevel before, StockLevel after) {
    EventFacts facts = new EventFacts(EventKind.STOCK_ADJUSTED, "berlin", "", "", "");
    EventHeader header = new EventHeader(1, 1, facts, Origin.SYSTEM, "");
    return new Movement(header, new StockKey("berlin", "mug"), before, after);
  }

  private static StockLevel level(long onHand, long reserved, long safetyStock) {
    return new StockLevel(onHand, reserved, 3, 0, safetyStock, State.ACTIVE);
  }

  @Test
  void shouldTellByHowMuchItChanged() {
    Movement sold = movement(level(9, 4, 0), level(6, 2, 0));
    Movement created = movement(null, level(6, 2, 0));

    assertThat(sold.onHandDelta()).isEqualTo(-3);
    assertThat(sold.reservedDelta()).isEqualTo(-2);
    assertThat(created.onHandDelta()).isEqualTo(6);
    assertThat(created.reservedDelta()).isEqualTo(2);
  }

  @Test
  void shouldRunOutWithTheLastUnitThatCouldBeSold() {
    assertThat(ranOut(level(1, 0, 0), level(0, 0, 0))).isTrue();
    assertThat(ranOut(level(5, 3, 1), level(5, 4, 1))).isTrue();
    assertThat(ranOut(level(5, 0, 0), level(5, 0, 9))).isTrue();
  }

  @Test
  void shouldNotRunOutOfWhatThereWasNoneOf() {
    assertThat(ranOut(level(0, 0, 0), level(0, 0, 0))).isFalse();
    assertThat(ranOut(level(3, 3, 0), level(2, 2, 0))).isFalse();
    assertThat(ranOut(null, level(0, 0, 0))).isFalse();
  }

  @Test
  void shouldNotRunOutWhileThereIsSome() {
    assertThat(ranOut(level(5, 0, 0), level(1, 0, 0))).isFalse();
    assertThat(ranOut(level(5, 0, 0), level(5, 3, 1))).isFalse();
  }
}
