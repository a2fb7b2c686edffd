package dev.holdfast.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.limits.FieldRules;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class LineKeysTest {
  private static final StockKey ITEM = new StockKey("Oslo", "A");

  /** Few contents, so that most repeat. */
  @Property(tries = 50)
  void shouldGiveTheSameKeysInAnyOrderAndEachOnce(@ForAll long seed) {
    Random random = new Random(seed);
    List<Integer> units = IntStream.range(0, 200).map(i -> random.nextInt(9)).boxed().toList();
    Set<String> keys = keys(units);
    List<Integer> shuffled = new java.util.ArrayList<>(units);
    Collections.shuffle(shuffled, random);

    assertThat(keys).hasSize(units.size()).isEqualTo(keys(shuffled));
    shuffled.add(random.nextInt(9));
    assertThat(keys(shuffled)).containsAll(keys).hasSize(units.size() + 1);
  }

  @Test
  void shouldTellFieldsApart() {
    LineKeys keys = new LineKeys("p-");

    assertThat(
            Set.of(
                keys.next(MovementKind.SALE, new StockKey("ab", "c"), 1, ""),
                keys.next(MovementKind.SALE, new StockKey("a", "bc"), 1, ""),
                keys.next(MovementKind.RETURN, new StockKey("a", "bc"), 1, ""),
                keys.next(MovementKind.SALE, new StockKey("a", "b"), 1, "c"),
                keys.next(MovementKind.SALE, new StockKey("a", "bc"), 2, "")))
        .hasSize(5);
  }

  @Test
  void shouldStayWithinTheLengthOfAKey() {
    LineKeys keys = new LineKeys("i-" + "x".repeat(64) + "-");
    FileMovement movement =
        new FileMovement(
            1,
            MovementKind.SALE,
            ITEM,
            keys.next(MovementKind.SALE, ITEM, 1, ""),
            0,
            MovementKind.SALE.command(ITEM, 1, "", "k"));
    for (int i = 0; i < 1_000; i++) {
      movement = movement.triedAnew();
    }

    assertThat(movement.sentKey()).hasSizeLessThan(FieldRules.IDEMPOTENCY_KEY_MAX - 10);
    assertThat(movement.command().getAdjustStock().getIdempotencyKey())
        .isEqualTo(movement.sentKey());
  }

  private static Set<String> keys(List<Integer> units) {
    LineKeys keys = new LineKeys("p-");
    Set<String> all = new HashSet<>();
    units.forEach(one -> all.add(keys.next(MovementKind.RECEIVE, ITEM, 1 + one, "")));
    return all;
  }
}
