package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the order of the commands of one call: behind one that a lease stopped, those on the same
 * item wait too, even when the lease ends before they are decided. Commands with tokens of their
 * own have nobody to wait for. For the deciding thread.
 */
public final class HeldBack {
  private final Set<StockKey> items = new HashSet<>();

  /** What a command is refused with; null when it may be decided. */
  public @Nullable RecordedEvent refusal(CommandRequest request, DecisionState state) {
    if (items.isEmpty()
        || !request.fencingTokens().isEmpty()
        || isAnswered(request, state)
        || !(request.command() instanceof Command.Mutation command)) {
      return null;
    }
    for (StockKey item : Deciders.touched(command, state)) {
      if (items.contains(item)) {
        Rejection locked = Rejection.of(RejectionCode.LOCKED, item.sku());
        return request.recorded(Rejections.ofItem(command, locked));
      }
    }
    return null;
  }

  /** Receipts come before everything: what was decided has its place already. */
  private static boolean isAnswered(CommandRequest request, DecisionState state) {
    return request.hasKey() && state.receipt(request.receiptKey()) != null;
  }

  /** Takes notice of what a command was refused with. */
  public void note(CommandRequest request, RecordedEvent refused, DecisionState state) {
    if (refused.event() instanceof Event.CommandRejected rejected
        && rejected.rejection().code() == RejectionCode.LOCKED
        && request.command() instanceof Command.Mutation command) {
      items.addAll(Deciders.touched(command, state));
    }
  }
}
