package dev.holdfast.common.access;

import dev.holdfast.common.limits.Given;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link MethodRules}. What it refuses names the role and the store as the caller named
 * it, and never tells whether anything exists.
 *
 * @param role that is needed; null when none is
 * @param scope the stores for which it is needed
 * @param more what needs another role; null when nothing does
 */
public record MethodRule<Q>(
    String method, @Nullable Role role, Scope<Q> scope, @Nullable More<Q> more) {

  /** Requests that need another role than the method's. */
  record More<Q>(Predicate<Q> when, Role role) {}

  /** For which stores a role is needed. */
  sealed interface Scope<Q> {}

  /** Nobody needs to say who it is. */
  record Open<Q>() implements Scope<Q> {}

  /** Anybody who says who it is. */
  record Known<Q>() implements Scope<Q> {}

  /** All stores. */
  record Cluster<Q>() implements Scope<Q> {}

  /** At least one store, whichever: the answer shows those of the caller only. */
  record Some<Q>() implements Scope<Q> {}

  /** The stores that the request names. */
  record Named<Q>(StoresOf<Q> stores) implements Scope<Q> {}

  /** A store node that speaks for itself: by the id in the request, if it has one. */
  record Itself<Q>(Function<Q, String> id) implements Scope<Q> {}

  /** Where the stores stand in a request. */
  interface StoresOf<Q> {
    /** The first store that is named and not allowed; null when there is none. */
    @Nullable String firstOutside(Q request, Predicate<String> allowed);
  }

  public boolean isOpen() {
    return scope instanceof Open;
  }

  /** The role that a request needs; null when it needs none. */
  @Nullable Role roleFor(Q request) {
    return more != null && more.when().test(request) ? more.role() : role;
  }

  /** Whether some requests need a role. */
  boolean mayNeed(Role needed) {
    return role == needed || (more != null && more.role() == needed);
  }

  /** Refuses who can have no request of this method allowed; null for all others. */
  @Nullable Refusal refusal(Caller caller) {
    return role == null || caller.has(role) ? null : refusal(caller, role, scope);
  }

  /** Refuses a request that its caller may not make; null when it may. */
  public @Nullable Refusal refusal(Caller caller, Q request) {
    if (role == null) {
      return null;
    }
    Role needed = Objects.requireNonNull(roleFor(request));
    if (!isAllowed(caller, needed, request)) {
      return refusal(caller, needed, scope);
    }
    String outside =
        scope instanceof Named<Q> named ? outside(named, caller, needed, request) : null;
    return outside == null ? null : ofStore(caller, needed, outside);
  }

  /**
   * Refuses a request that names a store, or none when it is empty, as far as that can be told
   * without the request.
   */
  @Nullable Refusal refusalOf(Caller caller, String store) {
    Refusal refusal = refusal(caller);
    if (refusal != null || role == null) {
      return refusal;
    }
    if (scope instanceof Cluster && !caller.hasEverywhere(role)) {
      return refusal(caller, role, scope);
    }
    boolean named = scope instanceof Named && !store.isEmpty();
    return named && !caller.may(role, store) ? ofStore(caller, role, store) : null;
  }

  private boolean isAllowed(Caller caller, Role needed, Q request) {
    if (scope instanceof Itself<Q> itself) {
      String id = itself.id().apply(request);
      return caller.has(needed) && (id.isEmpty() || id.equals(caller.principal().id()));
    }
    return scope instanceof Cluster ? caller.hasEverywhere(needed) : caller.has(needed);
  }

  /** What is left empty names no store: the request is malformed, or asks for what one may see. */
  private static <Q> @Nullable String outside(
      Named<Q> named, Caller caller, Role needed, Q request) {
    return named
        .stores()
        .firstOutside(request, store -> store.isEmpty() || caller.may(needed, store));
  }

  private static Refusal refusal(Caller caller, Role needed, Scope<?> scope) {
    String where =
        scope instanceof Itself
            ? ", which only the certificate of that store node gives"
            : scope instanceof Cluster ? " for all stores" : " for a store at least";
    return of(caller, needed, where, Map.of());
  }

  private static Refusal ofStore(Caller caller, Role needed, String store) {
    Map<String, String> named = Given.isName(store) ? Map.of(Refusal.STORE, store) : Map.of();
    return of(caller, needed, " for store " + Given.name(store), named);
  }

  private static Refusal of(Caller caller, Role needed, String where, Map<String, String> more) {
    Map<String, String> metadata = new LinkedHashMap<>(more);
    metadata.put(Refusal.ROLE, needed.text());
    String what = "%s needs the role %s%s".formatted(caller, needed.text(), where);
    return new Refusal(Reason.PERMISSION_DENIED, what, metadata);
  }
}
