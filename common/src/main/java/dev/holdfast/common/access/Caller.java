package dev.holdfast.common.access;

import io.grpc.Context;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The principal of a call, and what it may do: asked anew each time, so a change of the grants
 * counts at once, also for a stream that is open. Travels in the context of the call, which does
 * not follow a task to another thread: whoever hands one over takes the caller along.
 */
public final class Caller {
  /** Every caller while security is off. */
  public static final Caller ANYBODY =
      new Caller(Principal.ANONYMOUS, anybody -> Rights.EVERYTHING, Rights.NONE, () -> null);

  private static final Context.Key<Caller> KEY = Context.key("holdfast-caller");

  private final Principal principal;
  private final Function<Principal, Rights> granted;
  private final Rights claims;
  private final Supplier<@Nullable String> lapse;

  /**
   * @param granted what a principal may do now
   * @param claims what its token claims; nothing without one
   * @param lapse why it is not believed any more to be the principal; null while it is
   */
  Caller(
      Principal principal,
      Function<Principal, Rights> granted,
      Rights claims,
      Supplier<@Nullable String> lapse) {
    this.principal = principal;
    this.granted = granted;
    this.claims = claims;
    this.lapse = lapse;
  }

  /**
   * The caller of the call that the current thread serves.
   *
   * @throws IllegalStateException on a thread that serves none: a task that was handed over without
   *     its caller must not get anybody's rights
   */
  public static Caller current() {
    Caller caller = KEY.get();
    if (caller == null) {
      throw new IllegalStateException("no caller is known on the thread " + Thread.currentThread());
    }
    return caller;
  }

  /** A context in which this is the caller. */
  public Context in(Context context) {
    return context.withValue(KEY, this);
  }

  public Principal principal() {
    return principal;
  }

  /** Why it is not believed any more to be its principal; null while it is. */
  @Nullable String lapse() {
    return lapse.get();
  }

  /** What its token claims, which a node that the call is passed on to cannot know. */
  Rights claims() {
    return claims;
  }

  /** What it is granted now, besides the claims. */
  Rights granted() {
    return granted.apply(principal);
  }

  /** Whether it has a role for a store. */
  public boolean may(Role role, String store) {
    return granted().of(role).contains(store) || claims.of(role).contains(store);
  }

  /** Whether it has a role for any store. */
  public boolean has(Role role) {
    return granted().has(role) || claims.has(role);
  }

  /** Whether it has a role for all stores. */
  public boolean hasEverywhere(Role role) {
    return granted().of(role).isAll() || claims.of(role).isAll();
  }

  /** The stores that it may read. */
  public Stores visible() {
    return granted().of(Role.VIEWER).plus(claims.of(Role.VIEWER));
  }

  /** Whether it is believed still, and may read just the stores that it could before. */
  public boolean stillSees(Stores before) {
    return lapse() == null && visible().equals(before);
  }

  /** Whether it may read a store, or what belongs to none when the name is empty. */
  public boolean sees(String store) {
    return store.isEmpty() ? hasEverywhere(Role.VIEWER) : may(Role.VIEWER, store);
  }

  @Override
  public String toString() {
    return principal.text();
  }
}
