package dev.holdfast.store.decide;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.TransferCommand;

/** The part of {@link Dispatcher} that is about transfers. */
final class TransferDecisions {
  private TransferDecisions() {}

  static Decision decide(
      TransferCommand command, CommandRequest request, DecisionState state, Moment moment) {
    Event frozen = FrozenStores.refusal(command, state);
    if (frozen != null) {
      return decided(request, frozen);
    }
    if (command instanceof TransferCommand.ShipTransfer ship) {
      return decided(request, ShipTransferDecider.decide(ship, request, state, moment));
    }
    if (command instanceof TransferCommand.ReceiveTransfer receive) {
      return decided(request, ReceiveTransferDecider.decide(receive, state, moment));
    }
    if (command instanceof TransferCommand.CancelTransfer cancel) {
      return decided(request, CancelTransferDecider.decide(cancel, state, moment));
    }
    if (command instanceof TransferCommand.CreditTransfer credit) {
      return CreditTransferDecider.decide(credit, request, state);
    }
    if (command instanceof TransferCommand.SettleHandover settle) {
      return SettleHandoverDecider.decide(settle, request, state, moment);
    }
    throw new IllegalStateException("no decider for " + command.getClass().getSimpleName());
  }

  private static Decision decided(CommandRequest request, Event event) {
    return new Decision.Decided(request.recorded(event));
  }

  static Event rejected(TransferCommand command, Rejection rejection) {
    return new Event.CommandRejected(
        command.kind(), command.store(), command.transfer().transferId(), rejection);
  }

  static Event rejected(TransferCommand command, RejectionCode code) {
    return rejected(command, Rejection.of(code, ""));
  }

  /** Another hand-over is the next one: asked again later, it may be this. */
  static Decision outOfOrder(TransferCommand command, CommandRequest request) {
    Event rejected = rejected(command, RejectionCode.HANDOVER_OUT_OF_ORDER);
    return new Decision.Refused(request.recorded(rejected));
  }
}
