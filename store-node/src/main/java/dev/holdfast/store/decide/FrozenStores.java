package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import org.jspecify.annotations.Nullable;

/** What a frozen store refuses: all that an item would refuse, and new items. */
final class FrozenStores {
  private FrozenStores() {}

  static @Nullable Event refusal(Command command, DecisionState state) {
    if (state.frozenStores().isEmpty()
        || !(command instanceof Command.Mutation mutation)
        || !state.frozenStores().contains(mutation.store())
        || !isRefused(mutation.kind())) {
      return null;
    }
    return Rejections.ofItem(mutation, Rejection.of(RejectionCode.STORE_FROZEN, ""));
  }

  /** The operations of an order are looked at one by one. */
  private static boolean isRefused(CommandKind kind) {
    return switch (kind) {
      case CREATE_ITEM,
          ADJUST_STOCK,
          RESERVE,
          REPLACE_RESERVATION,
          CONFIRM_RESERVATION,
          DELETE_ITEM,
          SHIP_TRANSFER ->
          true;
      case RELEASE_RESERVATION,
          EXTEND_RESERVATION,
          EXPIRE_RESERVATION,
          SET_SAFETY_STOCK,
          SET_ITEM_FROZEN,
          SET_STORE_FROZEN,
          COUNT_STOCK,
          SUBMIT_ORDER,
          ACQUIRE_LEASE,
          RENEW_LEASE,
          RELEASE_LEASE,
          RECEIVE_TRANSFER,
          CANCEL_TRANSFER,
          CREDIT_TRANSFER,
          SETTLE_HANDOVER ->
          false;
    };
  }
}
