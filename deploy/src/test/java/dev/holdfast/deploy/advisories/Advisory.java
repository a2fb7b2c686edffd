package dev.holdfast.deploy.advisories;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published weakness.
 *
 * @param about what it is about
 * @param accepted hits that stay for a reason
 */
record Advisory(String id, String about, List<Range> affected, List<Accepted> accepted) {
  /**
   * Versions of a library that have it.
   *
   * @param name group:artifact
   * @param fixed the first one that has not; null when there is none
   */
  record Range(String name, Version first, @Nullable Version fixed) {
    boolean has(Library library) {
      return library.isNamed(name)
          && first.compareTo(library.version()) <= 0
          && (fixed == null || library.version().compareTo(fixed) < 0);
    }
  }

  /** A hit that cannot be mended yet, and why it does no harm. */
  record Accepted(String name, Version version, String reason) {
    boolean is(Library library) {
      return library.isNamed(name) && library.version().equals(version);
    }
  }

  boolean hits(Library library) {
    return affected.stream().anyMatch(range -> range.has(library));
  }

  boolean accepts(Library library) {
    return accepted.stream().anyMatch(each -> each.is(library));
  }
}
