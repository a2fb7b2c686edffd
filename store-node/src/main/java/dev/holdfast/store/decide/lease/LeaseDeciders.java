package dev.holdfast.store.decide.lease;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.LeaseCommand.AcquireLease;
import dev.holdfast.common.domain.LeaseCommand.ReleaseLease;
import dev.holdfast.common.domain.LeaseCommand.RenewLease;
import dev.holdfast.common.domain.LeaseEvent;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides leases, which say who may change an item: granted by the leader's clock, each grant with
 * a higher token.
 */
public final class LeaseDeciders {
  /** With each grant so many go that ran out: more than come, so they do not pile up. */
  static final int SWEPT_MAX = 16;

  private LeaseDeciders() {}

  public static Event acquire(AcquireLease command, DecisionState state, Moment moment) {
    StockKey item = command.item();
    long now = moment.timeMillis();
    Lease held = state.leases().live(item, now);
    if (held != null && held.holder().equals(command.holder())) {
      return longer(item, held, now + command.ttlMillis());
    }
    if (held != null) {
      return Rejections.ofItem(command, Rejection.of(RejectionCode.LOCKED, item.sku()));
    }
    if (state.leases().hasLive(command.leasesMax(), now)) {
      return Rejections.ofItem(command, Rejection.of(RejectionCode.TOO_MANY_LEASES, item.sku()));
    }
    List<StockKey> expired =
        state.leases().expired(now, SWEPT_MAX).stream().filter(old -> !old.equals(item)).toList();
    Lease lease = new Lease(command.holder(), moment.sequence(), now + command.ttlMillis());
    return new LeaseEvent.LeaseGranted(item, lease, expired);
  }

  public static Event renew(RenewLease command, DecisionState state, Moment moment) {
    Lease held = state.leases().live(command.item(), moment.timeMillis());
    if (held == null || held.token() != command.token()) {
      return Rejections.ofItem(command, stale(command.item(), command.token(), held));
    }
    return longer(command.item(), held, moment.timeMillis() + command.ttlMillis());
  }

  public static Event release(ReleaseLease command, DecisionState state, Moment moment) {
    Lease held = state.leases().live(command.item(), moment.timeMillis());
    if (held == null || held.token() != command.token()) {
      return Rejections.ofItem(command, stale(command.item(), command.token(), held));
    }
    return new LeaseEvent.LeaseReleased(command.item(), command.token());
  }

  /** Never for shorter: who asked for more before may rely on it. */
  private static Event longer(StockKey item, Lease held, long expiresMillis) {
    return new LeaseEvent.LeaseRenewed(
        item, held.until(Math.max(held.expiresMillis(), expiresMillis)));
  }

  private static Rejection stale(StockKey item, long given, @Nullable Lease held) {
    return new Rejection.StaleToken(item.sku(), given, held == null ? 0 : held.token());
  }
}
