package dev.holdfast.common.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The rights of somebody, by role: the stores for which they have it or a role that includes it.
 */
public final class Rights {
  public static final Rights NONE = new Rights(List.of());

  /** While security is off. */
  public static final Rights EVERYTHING =
      new Rights(Arrays.stream(Role.values()).map(role -> new Grant(role, Stores.ALL)).toList());

  private final List<Grant> grants;
  private final Map<Role, Stores> byRole = new EnumMap<>(Role.class);

  private Rights(Collection<Grant> grants) {
    this.grants = List.copyOf(grants);
    for (Grant grant : grants) {
      for (Role role : Role.values()) {
        if (grant.role().includes(role)) {
          byRole.merge(role, grant.stores(), Stores::plus);
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
    return byRole.getOrDefault(role, Stores.NONE);
  }

  /** Whether somebody has a role for any store. */
  public boolean has(Role role) {
    return !of(role).isNone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rights rights && byRole.equals(rights.byRole);
  }

  @Override
  public int hashCode() {
    return byRole.hashCode();
  }

  @Override
  public String toString() {
    return grants.toString();
  }
}
