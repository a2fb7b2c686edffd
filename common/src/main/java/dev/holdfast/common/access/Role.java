package dev.holdfast.common.access;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A role, and which other roles it includes: the one table of roles. */
public enum Role {
  /** Reads the stock of stores. */
  VIEWER,
  /** Changes the stock of stores. */
  OPERATOR(VIEWER),
  /** Reads metrics. */
  SCRAPER,
  /** Runs the cluster. */
  ADMIN(VIEWER, OPERATOR, SCRAPER),
  /** A store node among its peers: only by its certificate, and included in no other role. */
  PEER;

  private final ImmutableList<Role> included;

  Role(Role... included) {
    this.included = ImmutableList.copyOf(included);
  }

  /** Whether who has this role may do what needs another. */
  public boolean includes(Role needed) {
    return this == needed || included.contains(needed);
  }

  /** Whether a grant of it may leave the stores out, which then means all. */
  boolean isOfCluster() {
    return this == ADMIN || this == SCRAPER || this == PEER;
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a text; empty when there is none. */
  public static Optional<Role> of(String text) {
    return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
  }

  /** The roles that somebody may be granted. */
  static List<Role> granted() {
    return Arrays.stream(values()).filter(role -> role != PEER).toList();
  }
}
