package dev.holdfast.store.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FoundingTest {
  private static final List<String> NODES = List.of("a", "b", "c");
  private static final Introduction.Layout LAYOUT =
      new Introduction.Layout("cluster", 3, Map.of(), NODES);
  private static final Map<String, String> RECORD = Map.of("a", "A", "b", "B", "c", "C");

  @Test
  void shouldBeDecidedByTheFirstNodeOnceAllAreThereAndHaveNothing() {
    Founding first = new Founding("a", "A", true, NODES);

    assertThat(first.record(List.of())).isNull();
    assertThat(first.record(List.of(blank("b")))).isNull();
    assertThat(first.record(List.of(blank("b"), blank("c")))).isEqualTo(RECORD);
  }

  @Test
  void shouldNotBeDecidedByAnother() {
    Founding second = new Founding("b", "B", true, NODES);

    assertThat(second.record(List.of(blank("a"), blank("c")))).isNull();
    assertThat(second.missing(List.of(blank("a"), blank("c")))).contains("a to found the cluster");
  }

  @Test
  void shouldNotBeDecidedUnlessAllNodesAreConfiguredTo() {
    Introduction unwilling = new Introduction("c", LAYOUT, "C", false, Map.of(), List.of());

    assertThat(new Founding("a", "A", true, NODES).record(List.of(blank("b"), unwilling))).isNull();
    Founding not = new Founding("a", "A", false, NODES);
    assertThat(not.record(List.of(blank("b"), blank("c")))).isNull();
    assertThat(not.missing(List.of(blank("b"), blank("c")))).contains("bootstrap=true");
  }

  /** The first node lost its disk: its own configuration must not found another cluster. */
  @Test
  void shouldTakeTheRecordOfWhoeverHasOne() {
    Introduction member = new Introduction("c", LAYOUT, "C", true, RECORD, List.of());

    Map<String, String> record = new Founding("a", "new", true, NODES).record(List.of(member));

    assertThat(record).isEqualTo(RECORD);
    assertThat(record).doesNotContainEntry("a", "new");
  }

  @Test
  void shouldTakePartInNeitherOfTwoFoundings() {
    Introduction one = new Introduction("b", LAYOUT, "B", true, RECORD, List.of());
    Introduction other = new Introduction("c", LAYOUT, "C", true, Map.of("a", "X"), List.of());

    assertThat(new Founding("a", "A", true, NODES).record(List.of(one, other))).isNull();
  }

  @Test
  void shouldSayWhoIsMissing() {
    assertThat(new Founding("a", "A", true, NODES).missing(List.of(blank("b"))))
        .contains("waits for c");
  }

  @Test
  void shouldNameTheFirstDifferenceOfLayouts() {
    assertThat(LAYOUT.difference(LAYOUT)).isNull();
    assertThat(LAYOUT.difference(new Introduction.Layout("cluster", 4, Map.of(), NODES)))
        .isEqualTo("holdfast.cluster.partitions is '3' here and '4' there");
    assertThat(LAYOUT.difference(new Introduction.Layout("cluster", 3, Map.of("x", 1), NODES)))
        .contains("pinned", "{x=1}");
    assertThat(LAYOUT.difference(new Introduction.Layout("other", 4, Map.of(), NODES)))
        .contains("cluster.id");
    assertThat(
            LAYOUT.difference(new Introduction.Layout("cluster", 3, Map.of(), List.of("a", "b"))))
        .contains("cluster.nodes");
  }

  private static Introduction blank(String node) {
    return new Introduction(
        node, LAYOUT, node.toUpperCase(java.util.Locale.ROOT), true, Map.of(), List.of());
  }
}
