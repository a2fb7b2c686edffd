package dev.holdfast.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {
  @Test
  void shouldReadWhatPeopleWrite() {
    assertThat(DurationText.parse("1500ms")).isEqualTo(Duration.ofMillis(1_500));
    assertThat(DurationText.parse("36500d")).isEqualTo(Duration.ofDays(36_500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999999999d", "999999999999999h", "36501d", "999999999999999ms"})
  void shouldRefuseWhatNoNumberOfMillisecondsHolds(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be a duration of at most 36500d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 weeks", "-1s", "1.5s"})
  void shouldSayWhatADurationLooksLike(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be a duration such as 1500ms, 30s, 10m, 24h or 7d");
  }
}
