package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Leases;
import dev.holdfast.store.decide.state.Moment;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a command may touch its items: every token that it carries is that of a live lease on
 * one of them, and every live lease on one of them is among its tokens. So a holder that lost its
 * lease is refused even when nobody else has it.
 */
final class LeaseCheck {
  private LeaseCheck() {}

  static Event.@Nullable CommandRejected refusal(
      Command.Mutation command, CommandRequest request, DecisionState state, Moment moment) {
    if (!state.leases().areLookedAt()
        || (state.leases().isEmpty() && request.fencingTokens().isEmpty())) {
      return null;
    }
    Rejection rejection = reject(request, Deciders.touched(command, state), state.leases(), moment);
    return rejection == null ? null : Rejections.ofItem(command, rejection);
  }

  private static @Nullable Rejection reject(
      CommandRequest request, Set<StockKey> items, Leases leases, Moment moment) {
    Set<Long> unmatched = new HashSet<>(request.fencingTokens());
    StockKey locked = null;
    for (StockKey item : items) {
      Lease lease = leases.live(item, moment.timeMillis());
      if (lease != null && !request.fencingTokens().contains(lease.token())) {
        locked = locked == null ? item : locked;
      } else if (lease != null) {
        unmatched.remove(lease.token());
      }
    }
    if (!unmatched.isEmpty()) {
      return stale(unmatched.iterator().next(), items, locked, leases, moment);
    }
    return locked == null ? null : Rejection.of(RejectionCode.LOCKED, locked.sku());
  }

  /** Told of the item that somebody else has, if there is one. */
  private static Rejection stale(
      long token, Set<StockKey> items, @Nullable StockKey locked, Leases leases, Moment moment) {
    if (locked == null) {
      String sku = items.isEmpty() ? "" : items.iterator().next().sku();
      return new Rejection.StaleToken(sku, token, 0);
    }
    Lease current = leases.live(locked, moment.timeMillis());
    return new Rejection.StaleToken(locked.sku(), token, current == null ? 0 : current.token());
  }
}
