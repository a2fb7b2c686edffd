package dev.holdfast.deploy.replicas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks the same family of several databases side by side and collects the first differences. */
final class Comparer {
  private static final int DIFFERENCES_MAX = 20;
  private static final String NO_FAMILY = "the family";
  private static final Set<String> HASHED = Set.of("receipts", "marks");

  private final List<NodeDatabase> databases;
  private final Map<String, Long> rows = new LinkedHashMap<>();
  private final List<Difference> differences = new ArrayList<>();

  Comparer(List<NodeDatabase> databases) {
    this.databases = databases;
  }

  List<Difference> differences() {
    return differences;
  }

  /** The number of keys that were compared, by family. */
  Map<String, Long> rows() {
    return rows;
  }

  /** Whether a family is the same in all databases. */
  boolean isEqual(String family) {
    Comparer alone = new Comparer(databases);
    alone.compare(family, Treatment.EXACT);
    return alone.differences.isEmpty();
  }

  /** Compares all families. */
  void compareAll(Function<String, Treatment> treatments) {
    TreeSet<String> families = new TreeSet<>();
    databases.forEach(database -> families.addAll(database.families()));
    families.forEach(family -> compare(family, treatments.apply(family)));
  }

  /** Compares one family. */
  void compare(String family, Treatment treatment) {
    if (treatment.part() == Treatment.Part.NONE || isHashed(family)) {
      return;
    }
    if (!databases.stream().allMatch(database -> database.families().contains(family))) {
      add(
          family,
          NO_FAMILY,
          database -> database.families().contains(family) ? "present" : "absent");
      return;
    }
    List<Rows> walks = databases.stream().map(database -> database.rows(family)).toList();
    try {
      if (treatment.part() == Treatment.Part.FROM_THE_LATEST_BEGINNING) {
        skipToTheLatestBeginning(walks);
      }
      walk(family, treatment, walks);
    } finally {
      walks.forEach(Rows::close);
    }
  }

  /** An encrypted database hashes these keys by a secret of its own. */
  private boolean isHashed(String family) {
    return HASHED.contains(family) && databases.stream().anyMatch(NodeDatabase::isSealed);
  }

  private static void skipToTheLatestBeginning(List<Rows> walks) {
    byte[] latest = {};
    for (Rows walk : walks) {
      if (walk.isValid() && Arrays.compareUnsigned(walk.key(), latest) > 0) {
        latest = walk.key();
      }
    }
    for (Rows walk : walks) {
      walk.seek(latest);
    }
  }

  private void walk(String family, Treatment treatment, List<Rows> walks) {
    long count = 0;
    for (byte[] key = lowest(walks);
        key != null && differences.size() < DIFFERENCES_MAX;
        key = lowest(walks)) {
      compareRow(family, key, treatment, walks);
      count++;
    }
    rows.put(family, count);
  }

  private static byte @Nullable [] lowest(List<Rows> walks) {
    byte[] lowest = null;
    for (Rows walk : walks) {
      if (walk.isValid() && (lowest == null || Arrays.compareUnsigned(walk.key(), lowest) < 0)) {
        lowest = walk.key();
      }
    }
    return lowest;
  }

  /** Moves the walks that stand on the row behind it. */
  private void compareRow(String family, byte[] key, Treatment treatment, List<Rows> walks) {
    Map<String, byte[]> found = new LinkedHashMap<>();
    for (Rows walk : walks) {
      if (walk.isValid() && Arrays.equals(walk.key(), key)) {
        found.put(walk.node(), treatment.comparable().apply(walk.value()));
        walk.next();
      }
    }
    byte[] one = found.values().iterator().next();
    boolean everywhere = found.size() == walks.size();
    if (!everywhere || !found.values().stream().allMatch(each -> Arrays.equals(each, one))) {
      add(family, Difference.key(key), database -> Difference.value(found.get(database.node())));
    }
  }

  private void add(String family, String key, Function<NodeDatabase, String> value) {
    Map<String, String> values = new LinkedHashMap<>();
    databases.forEach(database -> values.put(database.node(), value.apply(database)));
    differences.add(new Difference(family, key, values));
  }
}
