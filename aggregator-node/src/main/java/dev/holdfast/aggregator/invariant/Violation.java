package dev.holdfast.aggregator.invariant;

import java.util.List;

/**
 * The view was found to differ from the stores.
 *
 * @param id rises by one
 * @param check where, and by what
 * @param foundMillis when, since 1970
 * @param differences items that differ, up to {@link #DIFFERENCES_MAX}; empty while they are looked
 *     for
 * @param repairedMillis when the part was proven again, since 1970; 0 while it is not
 */
public record Violation(
    long id,
    DigestCheck check,
    long foundMillis,
    List<Difference> differences,
    long repairedMillis) {
  /** Differences that are kept by name. */
  public static final int DIFFERENCES_MAX = 1_000;

  public Violation {
    differences = List.copyOf(differences);
  }

  public boolean isOpen() {
    return repairedMillis == 0;
  }

  /** With the items that differ. */
  public Violation named(List<Difference> items) {
    List<Difference> kept = items.subList(0, Math.min(items.size(), DIFFERENCES_MAX));
    return new Violation(id, check, foundMillis, kept, repairedMillis);
  }

  /** With its end. */
  public Violation repaired(long millis) {
    return new Violation(id, check, foundMillis, differences, millis);
  }
}
