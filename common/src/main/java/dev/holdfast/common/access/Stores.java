package dev.holdfast.common.access;

import dev.holdfast.common.limits.FieldRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of stores, given by names and by prefixes. Written as patterns: a name, a prefix with
 * {@code *} behind it, or {@code *} for all.
 *
 * @param names of single stores, none of which has one of the prefixes
 * @param prefixes sorted, none of which starts with another; the empty one is that of all stores
 */
public record Stores(Set<String> names, List<String> prefixes) {
  public static final Stores ALL = new Stores(Set.of(), List.of(""));
  public static final Stores NONE = new Stores(Set.of(), List.of());

  private static final String REST = "*";

  public Stores {
    names = Set.copyOf(names);
    prefixes = List.copyOf(prefixes);
  }

  /**
   * Reads patterns.
   *
   * @throws IllegalArgumentException that tells which is no pattern, and why
   */
  public static Stores of(Collection<String> patterns) {
    TreeSet<String> names = new TreeSet<>();
    TreeSet<String> prefixes = new TreeSet<>();
    for (String pattern : patterns) {
      if (pattern.endsWith(REST)) {
        prefixes.add(checkedPrefix(pattern));
      } else {
        names.add(checkedName(pattern));
      }
    }
    return of(names, prefixes);
  }

  private static String checkedName(String name) {
    FieldRules rules = new FieldRules();
    rules.id("store", name);
    require(rules, name);
    return name;
  }

  private static String checkedPrefix(String pattern) {
    String prefix = pattern.substring(0, pattern.length() - REST.length());
    FieldRules rules = new FieldRules();
    rules.idPrefix("store", prefix);
    require(rules, pattern);
    return prefix;
  }

  private static void require(FieldRules rules, String pattern) {
    if (!rules.isValid()) {
      throw new IllegalArgumentException(
          "'%s' is no store: %s".formatted(pattern, rules.violations().get(0).description()));
    }
  }

  private static Stores of(TreeSet<String> names, TreeSet<String> prefixes) {
    List<String> shortest = new ArrayList<>();
    for (String prefix : prefixes) { // each behind those that it may start with
      if (!startsWithOne(prefix, shortest)) {
        shortest.add(prefix);
      }
    }
    return new Stores(
        names.stream()
            .filter(name -> !startsWithOne(name, shortest))
            .collect(Collectors.toUnmodifiableSet()),
        shortest);
  }

  private static boolean startsWithOne(String store, List<String> prefixes) {
    for (int i = 0; i < prefixes.size(); i++) { // without an iterator: asked at every call
      if (store.startsWith(prefixes.get(i))) {
        return true;
      }
    }
    return false;
  }

  public boolean contains(String store) {
    return startsWithOne(store, prefixes) || names.contains(store);
  }

  public boolean isAll() {
    return prefixes.size() == 1 && prefixes.get(0).isEmpty();
  }

  public boolean isNone() {
    return names.isEmpty() && prefixes.isEmpty();
  }

  /** The stores that are in one of two sets. */
  public Stores plus(Stores other) {
    if (isNone() || other.isAll()) {
      return other;
    }
    TreeSet<String> allNames = new TreeSet<>(names);
    allNames.addAll(other.names);
    TreeSet<String> allPrefixes = new TreeSet<>(prefixes);
    allPrefixes.addAll(other.prefixes);
    return of(allNames, allPrefixes);
  }

  /** The patterns that it is written as, in order. */
  public List<String> patterns() {
    return Stream.concat(names.stream(), prefixes.stream().map(prefix -> prefix + REST))
        .sorted()
        .toList();
  }

  @Override
  public String toString() {
    return patterns().toString();
  }
}
