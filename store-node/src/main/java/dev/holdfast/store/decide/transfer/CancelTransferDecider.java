package dev.holdfast.store.decide.transfer;

import dev.holdfast.common.domain.CreditedLine;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferCommand.CancelTransfer;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.domain.TransferLine;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import java.util.ArrayList;
import java.util.List;

/** Puts what is outstanding on hand at the source again, in whatever state the item is. */
public final class CancelTransferDecider {
  private CancelTransferDecider() {}

  public static Event decide(CancelTransfer command, DecisionState state, Moment moment) {
    Transfer transfer = state.transfers().transfer(command.transfer());
    if (transfer == null) {
      return Rejections.ofTransfer(command, RejectionCode.TRANSFER_NOT_FOUND);
    }
    if (!transfer.isOpen()) {
      return Rejections.ofTransfer(command, RejectionCode.TRANSFER_CLOSED);
    }
    List<TransferLine> back =
        transfer.lines().stream().filter(line -> line.outstanding() > 0).toList();
    if (back.isEmpty()) {
      return Rejections.ofTransfer(command, Outstanding.nothing(transfer));
    }
    List<CreditedLine> lines = new ArrayList<>(back.size());
    for (TransferLine line : back) {
      StockLevel level = TransferStock.ofSource(state, command.store(), line.sku());
      if (TransferStock.isPastLimit(level, line.outstanding())) {
        return Rejections.ofTransfer(command, pastLimit(line, level));
      }
      lines.add(TransferStock.arrived(line.sku(), line.outstanding(), level));
    }
    Transfer after = transfer.changed(TransferLine::cancelledRest, moment.sequence());
    return new TransferEvent.TransferCancelled(command.transfer(), after, lines);
  }

  private static Rejection pastLimit(TransferLine line, StockLevel level) {
    return new Rejection.QuantityLimit(line.sku(), line.outstanding(), level.available());
  }
}
