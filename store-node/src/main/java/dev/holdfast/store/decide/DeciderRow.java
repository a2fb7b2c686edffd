package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link Deciders}: all that deciding needs to know of a kind of command.
 *
 * @param touched the items that a command would change
 * @param recall what came of a command before, for kinds that know without a receipt
 * @param isStoppedByFrozenStore whether nothing of it happens in a frozen store
 */
record DeciderRow<C extends Command.Mutation>(
    Decider<C> decider, Touched<C> touched, Recall<C> recall, boolean isStoppedByFrozenStore) {

  /** The event that a command leads to, which may be a rejection. */
  interface Decider<C> {
    Event decide(C command, CommandRequest request, DecisionState state, Moment moment);
  }

  /** A decider that needs to know nothing of the moment. */
  interface TimelessDecider<C> {
    Event decide(C command, DecisionState state);
  }

  /** A decider to which it is all the same who asks. */
  interface AnonymousDecider<C> {
    Event decide(C command, DecisionState state, Moment moment);
  }

  /** Adds the items that a command would change. */
  interface Touched<C> {
    void addTo(C command, DecisionState state, Set<StockKey> items);
  }

  /** Finds what came of a command before; null when it was not done. */
  interface Recall<C> {
    @Nullable Event find(C command, DecisionState state);
  }

  static <C extends Command.Mutation> DeciderRow<C> of(Decider<C> decider) {
    return new DeciderRow<>(
        decider, (command, state, items) -> {}, (command, state) -> null, false);
  }

  static <C extends Command.Mutation> DeciderRow<C> of(AnonymousDecider<C> decider) {
    return of(
        (C command, CommandRequest request, DecisionState state, Moment moment) ->
            decider.decide(command, state, moment));
  }

  static <C extends Command.Mutation> DeciderRow<C> of(TimelessDecider<C> decider) {
    return of(
        (C command, CommandRequest request, DecisionState state, Moment moment) ->
            decider.decide(command, state));
  }

  DeciderRow<C> touching(Touched<C> items) {
    return new DeciderRow<>(decider, items, recall, isStoppedByFrozenStore);
  }

  DeciderRow<C> touchingItem(Function<? super C, StockKey> item) {
    return touching((command, state, items) -> items.add(item.apply(command)));
  }

  DeciderRow<C> recalledBy(Recall<C> earlier) {
    return new DeciderRow<>(decider, touched, earlier, isStoppedByFrozenStore);
  }

  DeciderRow<C> stoppedByFrozenStore() {
    return new DeciderRow<>(decider, touched, recall, true);
  }
}
