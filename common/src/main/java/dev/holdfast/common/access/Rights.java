package dev.holdfast.common.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** What somebody may do, by role: the stores for which they have it or a role that includes it. */
public final class Rights {
  public static final Rights NONE = new Rights(List.of());

  /** While security is off. */
  public static final Rights EVERYTHING =
      new Rights(Arrays.stream(Role.values()).map(role -> new Grant(role, Stores.ALL)).toList());

  private final List<Grant> grants;
  private final Stores[] byRole = new Stores[Role.values().length];

  private Rights(Collection<Grant> grants) {
    this.grants = List.copyOf(grants);
    Arrays.fill(byRole, Stores.NONE);
    for (Grant grant : grants) {
      for (Role role : Role.values()) {
        if (grant.role().includes(role)) {
          byRole[role.ordinal()] = byRole[role.ordinal()].plus(grant.stores());
        }
      }
    }
  }

  public static Rights of(Collection<Grant> grants) {
    return grants.isEmpty() ? NONE : new Rights(grants);
  }

  /** The grants that these are made of. */
  public List<Grant> grants() {
    return grants;
  }

  /** The stores for which somebody has a role. */
  public Stores of(Role role) {
    return byRole[role.ordinal()];
  }

  /** Whether somebody has a role for any store. */
  public boolean has(Role role) {
    return !of(role).isNone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rights rights && Arrays.equals(byRole, rights.byRole);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(byRole);
  }

  @Override
  public String toString() {
    return grants.toString();
  }
}
