package dev.holdfast.aggregator.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.StateDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestCheckTest {
  private static final StateDigest LOG = new StateDigest(1, 2, 3, 4, 5, 6);

  @Test
  void shouldHoldWhenBothAreTheSame() {
    assertThat(new DigestCheck(0, 9, LOG, new StateDigest(1, 2, 3, 4, 5, 6)).holds()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void shouldNotHoldWhenAnyNumberDiffers(int which) {
    long[] numbers = {1, 2, 3, 4, 5, 6};
    numbers[which]++;
    StateDigest view =
        new StateDigest(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);

    assertThat(new DigestCheck(0, 9, LOG, view).holds()).isFalse();
  }
}
