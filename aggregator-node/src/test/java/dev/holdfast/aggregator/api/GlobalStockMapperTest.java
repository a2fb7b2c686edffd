package dev.holdfast.aggregator.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GlobalStockMapperTest {
  private final FieldRules rules = new FieldRules();

  private static Position at(int partition, long sequence) {
    return Position.newBuilder().setPartition(partition).setSequence(sequence).build();
  }

  /** Whoever wrote several times hands in all positions, in any order. */
  @Test
  void shouldWaitForTheLatestPositionOfEachPartition() {
    List<Position> given = List.of(at(0, 5), at(2, 1), at(0, 9), at(0, 7));

    assertThat(GlobalStockMapper.positions(rules, given, 3)).isEqualTo(Map.of(0, 9L, 2, 1L));
    assertThat(rules.isValid()).isTrue();
  }

  @Test
  void shouldNameAPositionThatCannotBe() {
    assertThat(GlobalStockMapper.positions(rules, List.of(at(3, 1), at(0, 0)), 3)).hasSize(2);

    assertThat(rules.violations())
        .extracting(violation -> violation.field())
        .containsExactly("wait_for[0].partition", "wait_for[1].sequence");
  }
}
