package dev.holdfast.common.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PartitionMapTest {
  /** Stock lies where the hash put it: these may never change. */
  @ParameterizedTest
  @CsvSource({
    "berlin, 1, 14",
    "Zürich, 1, 11",
    "United Kingdom, 0, 3",
    "store-1, 1, 10",
    "store-2, 0, 14",
    "東京, 2, 5",
    "London-Heathrow-T5, 0, 0",
    "a, 0, 3"
  })
  void shouldAlwaysFindAStoreInTheSamePartition(String store, int ofThree, int ofSixteen) {
    assertThat(new PartitionMap(3, Map.of()).partitionOf(store)).isEqualTo(ofThree);
    assertThat(new PartitionMap(16, Map.of()).partitionOf(store)).isEqualTo(ofSixteen);
  }

  @Property
  void shouldStayInRange(@ForAll String store, @ForAll @IntRange(min = 1, max = 64) int count) {
    assertThat(new PartitionMap(count, Map.of()).partitionOf(store)).isBetween(0, count - 1);
  }

  @Test
  void shouldUseAllPartitions() {
    PartitionMap map = new PartitionMap(8, Map.of());
    Set<Integer> used = new HashSet<>();

    for (int i = 0; i < 200; i++) {
      used.add(map.partitionOf("store-" + i));
    }

    assertThat(used).hasSize(8);
  }

  @Test
  void shouldPreferThePinnedPartition() {
    PartitionMap map = new PartitionMap(3, Map.of("berlin", 2, "Zürich", 0));
    PartitionMap unpinned = new PartitionMap(3, Map.of());

    assertThat(map.partitionOf("berlin")).isEqualTo(2);
    assertThat(map.partitionOf("Zürich")).isZero();
    assertThat(map.partitionOf("paris")).isEqualTo(unpinned.partitionOf("paris"));
  }

  @ParameterizedTest
  @CsvSource({"3", "-1"})
  void shouldRefuseAPinOutOfRange(int partition) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartitionMap(3, Map.of("berlin", partition)))
        .withMessageContaining("'berlin' is pinned to partition " + partition);
  }

  @Test
  void shouldRefuseAClusterWithoutPartitions() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PartitionMap(0, Map.of()));
  }
}
