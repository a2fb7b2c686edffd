package dev.holdfast.store.decide.transfer;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Handover;
import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferCommand.SettleHandover;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.domain.TransferLine;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import java.util.HashMap;
import java.util.Map;

/**
 * Notes the fate of the oldest hand-over of a channel. Any other one is refused without a record:
 * an answer that comes late must not settle what was settled, and none may be passed over.
 */
public final class SettleHandoverDecider {
  private SettleHandoverDecider() {}

  public static Event decide(SettleHandover command, DecisionState state, Moment moment) {
    HandoverKey key = command.handover();
    OutboundChannel channel = state.transfers().outbound(key.destinationPartition());
    if (key.number() != channel.settled() + 1 || key.number() > channel.last()) {
      return Rejections.ofTransfer(command, RejectionCode.HANDOVER_OUT_OF_ORDER);
    }
    Handover handover = state.transfers().handover(key);
    Transfer transfer = handover == null ? null : state.transfers().transfer(handover.transfer());
    if (handover == null || transfer == null) {
      throw new IllegalStateException("a hand-over that is due is not there: " + key);
    }
    long units = command.credited() ? handover.units() : 0;
    return new TransferEvent.HandoverSettled(
        handover.transfer(),
        settled(transfer, handover, command.credited(), moment.sequence()),
        channel.withNextSettled(units),
        command.credited());
  }

  private static Transfer settled(
      Transfer transfer, Handover handover, boolean credited, long sequence) {
    Map<String, Long> quantities = new HashMap<>();
    for (MovedLine line : handover.lines()) {
      quantities.put(line.sku(), line.quantity());
    }
    return transfer.changed(
        line -> settled(line, quantities.getOrDefault(line.sku(), 0L), credited), sequence);
  }

  private static TransferLine settled(TransferLine line, long quantity, boolean credited) {
    return credited ? line.arrived(quantity) : line.turnedBack(quantity);
  }
}
