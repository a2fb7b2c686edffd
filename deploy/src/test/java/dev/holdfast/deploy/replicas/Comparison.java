package dev.holdfast.deploy.replicas;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of comparing databases.
 *
 * @param positions how far each node got; only databases at one position are compared at all
 * @param rows compared rows by family
 * @param differences the first ones
 */
public record Comparison(
    Map<String, String> positions, Map<String, Long> rows, List<Difference> differences) {
  public boolean isInStep() {
    return new HashSet<>(positions.values()).size() == 1;
  }

  /** Whether all nodes have the same position and the same rows. */
  public boolean isEqual() {
    return isInStep() && differences.isEmpty();
  }

  /** Rows of a family that were compared. */
  public long rowsOf(String family) {
    return rows.getOrDefault(family, 0L);
  }

  @Override
  public String toString() {
    if (!isInStep()) {
      return "not compared, for they are at different positions: " + positions;
    }
    String found = differences.stream().map(each -> "\n  " + each).collect(Collectors.joining());
    return "%s at %s, %s rows compared%s"
        .formatted(
            positions.keySet(),
            positions.values().iterator().next(),
            rows,
            differences.isEmpty() ? ", all equal" : ", different:" + found);
  }
}
