package dev.holdfast.store.commit;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.common.status.Reason;

/**
 * A command that waits to be decided, and who waits for it.
 *
 * @param index of the command in its call
 */
public record QueuedCommand(CommandRequest request, Reply reply, int index) {
  /** About what the command's event takes in a batch; strings count as their worst. */
  int bytes() {
    int lines =
        request.command() instanceof SubmitOrder order
            ? order.operations().stream().mapToInt(QueuedCommand::lines).sum()
            : lines(request.command());
    return EventSize.of(lines, request.idempotencyKey(), request.reference());
  }

  private static int lines(Command command) {
    if (command instanceof Command.ReserveStock reserve) {
      return reserve.lines().size();
    }
    if (command instanceof Command.ReplaceReservation replace) {
      return replace.lines().size();
    }
    if (command instanceof TransferCommand.ShipTransfer ship) {
      return 2 * ship.lines().size();
    }
    return command instanceof TransferCommand.CreditTransfer credit
        ? credit.handover().lines().size()
        : 1;
  }

  void fail(Reason reason, String message) {
    reply.failed(index, reason, message);
  }
}
