package dev.holdfast.store.commit;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.status.Reason;

/**
 * A command that waits to be decided, and who waits for it.
 *
 * @param index of the command in its call
 */
public record QueuedCommand(CommandRequest request, Reply reply, int index) {
  /** About what the command's event takes in a batch; strings count as their worst. */
  int bytes() {
    int lines = request.command().lineCount();
    return EventSize.of(lines, request.idempotencyKey(), request.reference());
  }

  void fail(Reason reason, String message) {
    reply.failed(index, reason, message);
  }
}
