package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.common.domain.TransferCommand;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The items that a command would change, which a lease may keep it from. Leases themselves see to
 * their own, and a store is frozen whoever holds what. Units that arrive or come back ask nobody.
 */
final class TouchedItems {
  private TouchedItems() {}

  static Set<StockKey> of(Command.Mutation command, DecisionState state) {
    Set<StockKey> items = new LinkedHashSet<>();
    add(command, state, items);
    return items;
  }

  private static void add(Command.Mutation command, DecisionState state, Set<StockKey> items) {
    switch (command.kind()) {
      case CREATE_ITEM -> items.add(((Command.CreateItem) command).item());
      case ADJUST_STOCK -> items.add(((Command.AdjustStock) command).item());
      case RESERVE -> {
        for (Command.ReserveLine line : ((Command.ReserveStock) command).lines()) {
          items.add(new StockKey(command.store(), line.sku()));
        }
      }
      case CONFIRM_RESERVATION ->
          addHeld(((Command.ConfirmReservation) command).reservation(), state, items);
      case RELEASE_RESERVATION ->
          addHeld(((Command.ReleaseReservation) command).reservation(), state, items);
      case SET_SAFETY_STOCK -> items.add(((TermsCommand.SetSafetyStock) command).item());
      case SET_ITEM_FROZEN -> items.add(((TermsCommand.SetItemFrozen) command).item());
      case DELETE_ITEM -> items.add(((TermsCommand.DeleteItem) command).item());
      case COUNT_STOCK -> items.add(((CountStock) command).item());
      case SUBMIT_ORDER -> addAll(((SubmitOrder) command).operations(), state, items);
      case EXTEND_RESERVATION ->
          addHeld(((Command.ExtendReservation) command).reservation(), state, items);
      case REPLACE_RESERVATION -> {
        Command.ReplaceReservation replace = (Command.ReplaceReservation) command;
        addHeld(replace.reservation(), state, items);
        for (Command.ReserveLine line : replace.lines()) {
          items.add(new StockKey(command.store(), line.sku()));
        }
      }
      case SHIP_TRANSFER -> {
        for (MovedLine line : ((TransferCommand.ShipTransfer) command).lines()) {
          items.add(new StockKey(command.store(), line.sku()));
        }
      }
      case EXPIRE_RESERVATION, // a lease stops no clock
          SET_STORE_FROZEN,
          ACQUIRE_LEASE,
          RENEW_LEASE,
          RELEASE_LEASE,
          RECEIVE_TRANSFER,
          CANCEL_TRANSFER,
          CREDIT_TRANSFER,
          SETTLE_HANDOVER -> {}
    }
  }

  private static void addAll(
      List<Command.Mutation> operations, DecisionState state, Set<StockKey> items) {
    operations.forEach(operation -> add(operation, state, items));
  }

  private static void addHeld(ReservationKey key, DecisionState state, Set<StockKey> items) {
    if (state.reservation(key) instanceof Reservation.Open open) {
      for (HeldLine line : open.lines()) {
        items.add(new StockKey(key.store(), line.sku()));
      }
    }
  }
}
