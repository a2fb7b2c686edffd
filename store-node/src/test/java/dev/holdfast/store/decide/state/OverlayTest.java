package dev.holdfast.store.decide.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OverlayTest {
  @Test
  void shouldFindTheNewestValue() {
    Overlay<String, String> overlay = new Overlay<>(10);

    overlay.put("a", "one", 1);
    overlay.put("a", "two", 2);

    assertThat(written(overlay.find("a"))).isEqualTo(new Written<>("two", 2));
    assertThat(overlay.find("b")).isNull();
  }

  @Test
  void shouldTellARemovedValueFromAnUnknownOne() {
    Overlay<String, String> overlay = new Overlay<>(10);

    overlay.put("a", null, 1);

    assertThat(written(overlay.find("a"))).isEqualTo(new Written<String>(null, 1));
  }

  @Test
  void shouldKeepWhatIsNotApplied() {
    Overlay<String, String> overlay = new Overlay<>(0);
    overlay.put("a", "one", 1);
    overlay.put("b", "two", 2);
    overlay.put("c", null, 3);

    overlay.prune(1);

    assertThat(overlay.find("a")).isNull();
    assertThat(overlay.find("b")).isNotNull();
    assertThat(overlay.find("c")).isNotNull();
  }

  @Test
  void shouldKeepAKeyThatWasWrittenAgain() {
    Overlay<String, String> overlay = new Overlay<>(0);
    overlay.put("a", "one", 1);
    overlay.put("a", "two", 2);

    overlay.prune(1);

    assertThat(written(overlay.find("a"))).isEqualTo(new Written<>("two", 2));
    overlay.prune(2);
    assertThat(overlay.size()).isZero();
  }

  @Test
  void shouldKeepAppliedValuesUpToItsBound() {
    Overlay<Integer, String> overlay = new Overlay<>(3);
    for (int i = 1; i <= 10; i++) {
      overlay.put(i, "value", i);
    }

    overlay.prune(10);

    assertThat(overlay.size()).isEqualTo(3);
    assertThat(overlay.find(7)).isNull();
    assertThat(overlay.find(8)).isNotNull();
  }

  @Test
  void shouldGoOverItsBoundRatherThanForgetWhatIsNotApplied() {
    Overlay<Integer, String> overlay = new Overlay<>(3);
    for (int i = 1; i <= 10; i++) {
      overlay.put(i, "value", i);
    }

    overlay.prune(0);

    assertThat(overlay.size()).isEqualTo(10);
  }

  /** What was read from applied state waits behind what is not applied, and goes with it. */
  @Test
  void shouldBoundWhatWasReadToo() {
    Overlay<Integer, String> overlay = new Overlay<>(2);
    overlay.put(1, "decided", 1);
    for (int i = 2; i <= 9; i++) {
      overlay.put(i, "read", 0);
    }

    overlay.prune(0);
    assertThat(overlay.find(1)).isNotNull();
    overlay.prune(1);

    assertThat(overlay.size()).isEqualTo(2);
  }

  /** Against a map of all that was ever written: what is not applied is always found as it is. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldAgreeWithAPlainMap(long seed) {
    Random random = new Random(seed);
    Overlay<Integer, Integer> overlay = new Overlay<>(random.nextInt(4));
    Map<Integer, Written<Integer>> all = new HashMap<>();
    long applied = 0;
    for (int sequence = 1; sequence <= 2_000; sequence++) {
      int key = random.nextInt(20);
      Integer value = random.nextInt(4) == 0 ? null : Integer.valueOf(sequence);
      overlay.put(key, value, sequence);
      all.put(key, new Written<>(value, sequence));
      applied = Math.min(sequence, applied + random.nextInt(3));
      overlay.prune(applied);
      assertFound(overlay, all, applied);
    }
  }

  private static void assertFound(
      Overlay<Integer, Integer> overlay, Map<Integer, Written<Integer>> all, long applied) {
    all.forEach(
        (key, entry) -> {
          Overlay.Entry<Integer> found = overlay.find(key);
          if (found != null || entry.sequence() > applied) {
            assertThat(written(found)).isEqualTo(entry);
          }
        });
  }

  private record Written<V>(@Nullable V value, long sequence) {}

  private static <V> @Nullable Written<V> written(Overlay.@Nullable Entry<V> entry) {
    return entry == null ? null : new Written<>(entry.value(), entry.sequence());
  }
}
