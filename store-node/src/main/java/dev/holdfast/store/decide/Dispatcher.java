package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LeaseCommand;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.common.domain.TermsEvent;
import dev.holdfast.common.domain.TransferCommand;

/**
 * The ladder every command climbs: its receipt before everything, then leases, then its store, then
 * its own decider.
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
    Event.CommandRejected refusal = LeaseCheck.refusal(request, state, moment);
    if (refusal == null && request.command() instanceof TransferCommand transfer) {
      return TransferDecisions.decide(transfer, request, state, moment);
    }
    Event event = refusal != null ? refusal : event(request, state, moment);
    return isForNow(request.command(), event)
        ? new Decision.Refused(request.recorded(event))
        : new Decision.Decided(request.recorded(event));
  }

  /** What the leader asks of itself, nobody has to remember a no to. */
  private static boolean isForNow(Command command, Event event) {
    return event instanceof Event.CommandRejected rejected
        && (command instanceof Command.ExpireReservation
            || !rejected.rejection().code().isRecorded());
  }

  /** What a command leads to that nothing stands in the way of; also for a step of an order. */
  static Event event(CommandRequest request, DecisionState state, Moment moment) {
    Command command = request.command();
    Event refusal = FrozenStores.refusal(command, state);
    if (refusal != null) {
      return refusal;
    }
    if (command instanceof Command.AdjustStock adjust) {
      return AdjustStockDecider.decide(adjust, state);
    }
    if (command instanceof Command.OfReservation ofReservation) {
      return event(ofReservation, state, moment);
    }
    if (command instanceof Command.CreateItem create) {
      return CreateItemDecider.decide(create, state);
    }
    if (command instanceof SubmitOrder) {
      return SubmitOrderDecider.decide(request, state, moment);
    }
    if (command instanceof CountStock count) {
      return CountStockDecider.decide(count, state, moment);
    }
    if (command instanceof TermsCommand terms) {
      return event(terms, state);
    }
    if (command instanceof LeaseCommand lease) {
      return event(lease, state, moment);
    }
    if (command instanceof Command.EvictReceipts evict) {
      return new Event.ReceiptsEvicted(evict.throughSequence());
    }
    if (command instanceof Command.RecordDigest) {
      return new Event.StateDigestRecorded(state.digest());
    }
    throw new IllegalStateException("no decider for " + command.getClass().getSimpleName());
  }

  private static Event event(TermsCommand command, DecisionState state) {
    if (command instanceof TermsCommand.SetSafetyStock safety) {
      return SetSafetyStockDecider.decide(safety, state);
    }
    if (command instanceof TermsCommand.SetItemFrozen frozen) {
      return SetItemFrozenDecider.decide(frozen, state);
    }
    if (command instanceof TermsCommand.DeleteItem delete) {
      return DeleteItemDecider.decide(delete, state);
    }
    if (command instanceof TermsCommand.SetStoreFrozen frozen) {
      boolean before = state.frozenStores().contains(frozen.store());
      return new TermsEvent.StoreTermsChanged(frozen.store(), before, frozen.frozen());
    }
    throw new IllegalStateException("no decider for " + command.getClass().getSimpleName());
  }

  private static Event event(LeaseCommand command, DecisionState state, Moment moment) {
    if (command instanceof LeaseCommand.AcquireLease acquire) {
      return LeaseDeciders.acquire(acquire, state, moment);
    }
    if (command instanceof LeaseCommand.RenewLease renew) {
      return LeaseDeciders.renew(renew, state, moment);
    }
    if (command instanceof LeaseCommand.ReleaseLease release) {
      return LeaseDeciders.release(release, state, moment);
    }
    throw new IllegalStateException("no decider for " + command.getClass().getSimpleName());
  }

  private static Event event(Command.OfReservation command, DecisionState state, Moment moment) {
    if (command instanceof Command.ReserveStock reserve) {
      return ReserveStockDecider.decide(reserve, state, moment);
    }
    if (command instanceof Command.ConfirmReservation confirm) {
      return ConfirmReservationDecider.decide(confirm, state, moment);
    }
    if (command instanceof Command.ReleaseReservation release) {
      return ReleaseReservationDecider.decide(release, state, moment);
    }
    if (command instanceof Command.ExtendReservation extend) {
      return ExtendReservationDecider.decide(extend, state, moment);
    }
    if (command instanceof Command.ReplaceReservation replace) {
      return ReplaceReservationDecider.decide(replace, state, moment);
    }
    if (command instanceof Command.ExpireReservation expire) {
      return ExpireReservationDecider.decide(expire, state, moment);
    }
    throw new IllegalStateException("no decider for " + command.getClass().getSimpleName());
  }
}
