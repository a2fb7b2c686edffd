package dev.holdfast.store.decide.stock;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.TermsCommand.SetStoreFrozen;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.store.decide.state.DecisionState;

/** Freezes a whole store, or ends that. */
public final class SetStoreFrozenDecider {
  private SetStoreFrozenDecider() {}

  public static Event decide(SetStoreFrozen command, DecisionState state) {
    boolean before = state.frozenStores().contains(command.store());
    return new TermsEvent.StoreTermsChanged(command.store(), before, command.frozen());
  }
}
