package dev.holdfast.store.decide.transfer;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferCommand.ShipTransfer;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.domain.TransferLine;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes all lines out of the source or none: what is available, also what reservations have to
 * leave, since shipping is an operator's will.
 */
public final class ShipTransferDecider {
  private ShipTransferDecider() {}

  public static Event decide(
      ShipTransfer command, CommandRequest request, DecisionState state, Moment moment) {
    if (state.transfers().transfer(command.transfer()) != null) {
      return Rejections.ofTransfer(command, RejectionCode.TRANSFER_EXISTS);
    }
    if (!command.destinationKnown()) {
      return Rejections.ofTransfer(command, RejectionCode.DESTINATION_NOT_FOUND);
    }
    List<StockLevel> levels = new ArrayList<>(command.lines().size());
    for (MovedLine line : command.lines()) {
      StockLevel level = state.stock(new StockKey(command.store(), line.sku()));
      if (level == null || level.isDeleted()) {
        return Rejections.ofTransfer(
            command, Rejection.of(RejectionCode.ITEM_NOT_FOUND, line.sku()));
      }
      levels.add(level);
    }
    Rejection rejection = reject(command.lines(), levels);
    return rejection == null
        ? shipped(command, levels, request, moment)
        : Rejections.ofTransfer(command, rejection);
  }

  private static @Nullable Rejection reject(List<MovedLine> lines, List<StockLevel> levels) {
    for (int i = 0; i < lines.size(); i++) {
      if (levels.get(i).isFrozen()) {
        return Rejection.of(RejectionCode.ITEM_FROZEN, lines.get(i).sku());
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      MovedLine line = lines.get(i);
      StockLevel level = levels.get(i);
      if (level.available() < line.quantity()) {
        return Rejection.notFree(line.sku(), line.quantity(), level);
      }
    }
    return null;
  }

  private static Event shipped(
      ShipTransfer command, List<StockLevel> levels, CommandRequest request, Moment moment) {
    List<LineChange> changes = new ArrayList<>(levels.size());
    List<TransferLine> lines = new ArrayList<>(levels.size());
    for (int i = 0; i < levels.size(); i++) {
      MovedLine line = command.lines().get(i);
      StockLevel after = levels.get(i).shipped(line.quantity());
      changes.add(new LineChange(line.sku(), line.quantity(), after));
      lines.add(TransferLine.shipped(line.sku(), line.quantity()));
    }
    Transfer.Opening opening =
        new Transfer.Opening(
            moment.timeMillis(), request.origin().principal(), request.reference());
    Transfer transfer =
        Transfer.shipped(command.destination(), command.destinationPartition(), lines, opening);
    return new TransferEvent.TransferShipped(command.transfer(), transfer, changes);
  }
}
