package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.decide.state.Receipt;

/**
 * The ladder that every command climbs: its receipt before everything, then leases, then whether it
 * was done before, then its store, then its own decider.
 */
public final class Dispatcher {
  private Dispatcher() {}

  public static Decision decide(CommandRequest request, DecisionState state, Moment moment) {
    if (request.hasKey()) {
      Receipt receipt = state.receipt(request.receiptKey());
      if (receipt != null) {
        return receipt.fingerprint() == request.fingerprint()
            ? new Decision.Repeated(receipt.sequence())
            : new Decision.KeyReused();
      }
    }
    if (request.command() instanceof Command.Upkeep upkeep) {
      return new Decision.Decided(request.recorded(upkeep.event(state.digest())));
    }
    Command.Mutation command = (Command.Mutation) request.command();
    Event refusal = LeaseCheck.refusal(command, request, state, moment);
    if (refusal != null) {
      return answer(request, refusal);
    }
    Event earlier = Deciders.recall(command, state);
    return earlier == null
        ? answer(request, Deciders.decide(command, request, state, moment))
        : new Decision.Recalled(request.recorded(earlier));
  }

  private static Decision answer(CommandRequest request, Event event) {
    boolean isTransient =
        event instanceof Event.CommandRejected rejected
            && !rejected.rejection().code().isRecorded();
    return isTransient
        ? new Decision.Refused(request.recorded(event))
        : new Decision.Decided(request.recorded(event));
  }
}
