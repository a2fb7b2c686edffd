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
  }
}
