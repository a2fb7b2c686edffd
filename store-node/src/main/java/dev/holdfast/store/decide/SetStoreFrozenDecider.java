package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.TermsCommand.SetStoreFrozen;

/** Freezes a whole store, or ends that. */
final class SetStoreFrozenDecider {
  private SetStoreFrozenDecider() {}

  static Event decide(SetStoreFrozen command, DecisionState state) {
    boolean before = state.frozenStores().contains(command.store());
    return new Event.StoreTermsChanged(command.store(), before, command.frozen());
  }
}
