package dev.holdfast.store.decide.transfer;

import dev.holdfast.common.domain.CreditedLine;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.Rejection.QuantityLimit;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.TransferCommand.CreditTransfer;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes every number of a channel once and in order, whoever sends it how often: so a hand-over is
 * credited exactly once, whatever is lost, doubled or late between two partitions.
 */
public final class CreditTransferDecider {
  private static final QuantityLimit NOT_REMEMBERED = new QuantityLimit("", 0, 0);

  private CreditTransferDecider() {}

  public static Event decide(CreditTransfer command, DecisionState state) {
    InboundChannel channel = state.transfers().inbound(command.sourcePartition());
    return command.number() == channel.last() + 1
        ? taken(command, channel, state)
        : Rejections.ofTransfer(command, RejectionCode.HANDOVER_OUT_OF_ORDER);
  }

  /** The answer to a number that was taken before; without its lines, which nobody remembers. */
  public static @Nullable Event recall(CreditTransfer command, DecisionState state) {
    InboundChannel channel = state.transfers().inbound(command.sourcePartition());
    if (command.number() > channel.last()) {
      return null;
    }
    return channel.refused().contains(command.number())
        ? refused(command, channel, NOT_REMEMBERED)
        : credited(command, channel, List.of());
  }

  private static Event taken(CreditTransfer command, InboundChannel channel, DecisionState state) {
    Handover handover = command.handover();
    List<CreditedLine> lines = new ArrayList<>(handover.lines().size());
    for (MovedLine line : handover.lines()) {
      StockLevel level = state.stock(new StockKey(handover.destination(), line.sku()));
      QuantityLimit rejection = reject(line, level);
      if (rejection != null) {
        return refused(command, channel.refused(command.settled()), rejection);
      }
      lines.add(TransferStock.arrived(line.sku(), line.quantity(), level));
    }
    return credited(command, channel.credited(handover.units(), command.settled()), lines);
  }

  private static @Nullable QuantityLimit reject(MovedLine line, @Nullable StockLevel level) {
    return level != null && TransferStock.isPastLimit(level, line.quantity())
        ? new QuantityLimit(line.sku(), line.quantity(), level.available())
        : null;
  }

  private static Event credited(
      CreditTransfer command, InboundChannel channel, List<CreditedLine> lines) {
    return new TransferEvent.TransferCredited(
        command.transfer(), command.sourcePartition(), channel, command.store(), lines);
  }

  private static Event refused(
      CreditTransfer command, InboundChannel channel, QuantityLimit rejection) {
    return new TransferEvent.TransferCreditRefused(
        command.transfer(), command.sourcePartition(), channel, command.store(), rejection);
  }
}
