package dev.holdfast.store.decide.transfer;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferCommand.ReceiveTransfer;
import dev.holdfast.common.domain.TransferCommand.ReceivedLine;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.domain.TransferLine;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands units over to the destination's partition, under the next number of its channel. */
public final class ReceiveTransferDecider {
  private static final ReceivedLine NOTHING = new ReceivedLine("", 0, 0);

  private ReceiveTransferDecider() {}

  public static Event decide(ReceiveTransfer command, DecisionState state, Moment moment) {
    Transfer transfer = state.transfers().transfer(command.transfer());
    if (transfer == null) {
      return Rejections.ofTransfer(command, RejectionCode.TRANSFER_NOT_FOUND);
    }
    if (!transfer.isOpen()) {
      return Rejections.ofTransfer(command, RejectionCode.TRANSFER_CLOSED);
    }
    Map<String, ReceivedLine> received = received(command, transfer);
    Rejection rejection = reject(received, transfer);
    return rejection == null
        ? handedOver(command, transfer, received, state, moment)
        : Rejections.ofTransfer(command, rejection);
  }

  /** What is received by SKU; without lines, all that is outstanding. */
  private static Map<String, ReceivedLine> received(ReceiveTransfer command, Transfer transfer) {
    Map<String, ReceivedLine> received = new LinkedHashMap<>();
    command.lines().forEach(line -> received.put(line.sku(), line));
    if (command.lines().isEmpty()) {
      for (TransferLine line : transfer.lines()) {
        if (line.outstanding() > 0) {
          received.put(line.sku(), new ReceivedLine(line.sku(), line.outstanding(), 0));
        }
      }
    }
    return received;
  }

  private static @Nullable Rejection reject(Map<String, ReceivedLine> received, Transfer transfer) {
    if (received.isEmpty()) {
      return Outstanding.nothing(transfer);
    }
    Map<String, Long> outstanding = Outstanding.bySku(transfer);
    for (ReceivedLine line : received.values()) {
      long there = outstanding.getOrDefault(line.sku(), 0L);
      long asked = line.quantity() + line.lost();
      if (asked > there) {
        return new Rejection.NotOutstanding(line.sku(), asked, there);
      }
    }
    return null;
  }

  private static Event handedOver(
      ReceiveTransfer command,
      Transfer transfer,
      Map<String, ReceivedLine> received,
      DecisionState state,
      Moment moment) {
    Transfer after =
        transfer.changed(
            line -> {
              ReceivedLine part = received.getOrDefault(line.sku(), NOTHING);
              return line.handedOver(part.quantity(), part.lost());
            },
            moment.sequence());
    OutboundChannel channel = state.transfers().outbound(transfer.destinationPartition());
    return new TransferEvent.TransferHandedOver(
        command.transfer(), after, sent(received, channel), lost(command.store(), received, state));
  }

  private static TransferEvent.TransferHandedOver.@Nullable Sent sent(
      Map<String, ReceivedLine> received, OutboundChannel channel) {
    List<MovedLine> lines = new ArrayList<>(received.size());
    for (ReceivedLine line : received.values()) {
      if (line.quantity() > 0) {
        lines.add(new MovedLine(line.sku(), line.quantity()));
      }
    }
    return lines.isEmpty()
        ? null
        : new TransferEvent.TransferHandedOver.Sent(channel.withOneMore(), lines);
  }

  private static List<LineChange> lost(
      String store, Map<String, ReceivedLine> received, DecisionState state) {
    List<LineChange> lost = new ArrayList<>();
    for (ReceivedLine line : received.values()) {
      if (line.lost() > 0) {
        StockLevel level = TransferStock.ofSource(state, store, line.sku());
        lost.add(new LineChange(line.sku(), line.lost(), level.changed(0, 0, -line.lost())));
      }
    }
    return lost;
  }
}
