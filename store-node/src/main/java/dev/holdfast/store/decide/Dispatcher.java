package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;

/** The ladder every command climbs: its receipt before everything, then its own decider. */
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
    return new Decision.Decided(request.recorded(event(request.command(), state)));
  }

  private static Event event(Command command, DecisionState state) {
    if (command instanceof Command.AdjustStock adjust) {
      return AdjustStockDecider.decide(adjust, state);
    }
    if (command instanceof Command.ReserveStock reserve) {
      return ReserveStockDecider.decide(reserve, state);
    }
    if (command instanceof Command.ConfirmReservation confirm) {
      return ConfirmReservationDecider.decide(confirm, state);
    }
    if (command instanceof Command.ReleaseReservation release) {
      return ReleaseReservationDecider.decide(release, state);
    }
    if (command instanceof Command.CreateItem create) {
      return CreateItemDecider.decide(create, state);
    }
    if (command instanceof Command.EvictReceipts evict) {
      return new Event.ReceiptsEvicted(evict.throughSequence());
    }
    if (command instanceof Command.RecordDigest) {
      return new Event.StateDigestRecorded(state.digest());
    }
    throw new IllegalStateException("no decider for " + command.getClass().getSimpleName());
  }
}
