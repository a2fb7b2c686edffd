package dev.holdfast.store.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClockComparisonTest {
  private static final Duration TOLERANCE = Duration.ofSeconds(10);

  /** The first clock of each row is asked about; members, clocks, offset (empty: unknown), off. */
  @ParameterizedTest
  @CsvSource({
    "3, 0 1 2, -1, false, true",
    "3, 600000 0 0, 600000, true, true",
    "3, -600000 0 0, -600000, true, true",
    "3, 0 600000 0, 0, false, true",
    "3, 10000 0 0, 10000, false, true",
    "3, 10001 0 0, 10001, true, true",
    "3, 0, , false, false", // nobody answers
    "3, 0 4, -2, false, true", // two that agree are a majority
    "3, 0 600000, , false, false", // two that do not: nobody knows who is right
    "3, 0 50000 100000, -50000, true, false", // the middle one leads, but nobody confirms it
    "3, 50000 0 100000, 0, false, false",
    "1, 0, 0, false, true",
    "2, 0 600000, , false, false",
    "5, 600000 0 0, 600000, true, false", // three of five are known, two are not enough to agree
    "5, 600000 0 0 0, 600000, true, true",
    "4, 600000 0 0 600000, , false, false",
  })
  void shouldFindWhoseClockIsOff(
      int members, String clocks, @Nullable Long offset, boolean isOff, boolean isMajority) {
    long[] all = parse(clocks);

    ClockComparison comparison = ClockComparison.of(LongStream.of(all), members, TOLERANCE);

    assertThat(comparison.offset(all[0]))
        .isEqualTo(offset == null ? OptionalLong.empty() : OptionalLong.of(offset));
    assertThat(comparison.isOff(all[0])).isEqualTo(isOff);
    assertThat(comparison.isMajority()).isEqualTo(isMajority);
  }

  @Test
  void shouldTellTheMiddleOfTheTwoInTheMiddle() {
    ClockComparison comparison =
        ClockComparison.of(LongStream.of(100_000, 4, 0, -100_000), 4, TOLERANCE);

    assertThat(comparison.medianMillis()).hasValue(2);
    assertThat(comparison.isMajority()).isFalse();
  }

  private static long[] parse(String clocks) {
    return Arrays.stream(clocks.split(" ")).mapToLong(Long::parseLong).toArray();
  }
}
