package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandKind;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.CountStock;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.common.domain.TransferCommand;
import dev.holdfast.store.decide.check.Rejections;
import dev.holdfast.store.decide.lease.LeaseDeciders;
import dev.holdfast.store.decide.order.SubmitOrderDecider;
import dev.holdfast.store.decide.reservation.ConfirmReservationDecider;
import dev.holdfast.store.decide.reservation.ExpireReservationDecider;
import dev.holdfast.store.decide.reservation.ExtendReservationDecider;
import dev.holdfast.store.decide.reservation.ReleaseReservationDecider;
import dev.holdfast.store.decide.reservation.ReplaceReservationDecider;
import dev.holdfast.store.decide.reservation.ReserveStockDecider;
import dev.holdfast.store.decide.state.DecisionState;
import dev.holdfast.store.decide.state.Moment;
import dev.holdfast.store.decide.stock.AdjustStockDecider;
import dev.holdfast.store.decide.stock.CountStockDecider;
import dev.holdfast.store.decide.stock.CreateItemDecider;
import dev.holdfast.store.decide.stock.DeleteItemDecider;
import dev.holdfast.store.decide.stock.SetItemFrozenDecider;
import dev.holdfast.store.decide.stock.SetSafetyStockDecider;
import dev.holdfast.store.decide.stock.SetStoreFrozenDecider;
import dev.holdfast.store.decide.transfer.CancelTransferDecider;
import dev.holdfast.store.decide.transfer.CreditTransferDecider;
import dev.holdfast.store.decide.transfer.ReceiveTransferDecider;
import dev.holdfast.store.decide.transfer.SettleHandoverDecider;
import dev.holdfast.store.decide.transfer.ShipTransferDecider;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The registry of commands: one row for each kind, which the compiler asks for. */
final class Deciders {
  private static final Map<CommandKind, DeciderRow<?>> ROWS =
      new EnumMap<>(
          Arrays.stream(CommandKind.values())
              .collect(Collectors.toMap(Function.identity(), Deciders::row)));

  private Deciders() {}

  private static DeciderRow<?> row(CommandKind kind) {
    return switch (kind) {
      case CREATE_ITEM ->
          DeciderRow.of(CreateItemDecider::decide)
              .touchingItem(Command.CreateItem::item)
              .stoppedByFrozenStore();
      case ADJUST_STOCK ->
          DeciderRow.of(AdjustStockDecider::decide)
              .touchingItem(Command.AdjustStock::item)
              .stoppedByFrozenStore();
      case COUNT_STOCK -> DeciderRow.of(CountStockDecider::decide).touchingItem(CountStock::item);
      case SET_SAFETY_STOCK ->
          DeciderRow.of(SetSafetyStockDecider::decide)
              .touchingItem(TermsCommand.SetSafetyStock::item);
      case SET_ITEM_FROZEN ->
          DeciderRow.of(SetItemFrozenDecider::decide)
              .touchingItem(TermsCommand.SetItemFrozen::item);
      case DELETE_ITEM ->
          DeciderRow.of(DeleteItemDecider::decide)
              .touchingItem(TermsCommand.DeleteItem::item)
              .stoppedByFrozenStore();
      case SET_STORE_FROZEN -> // whoever holds a lease in it
          DeciderRow.of(SetStoreFrozenDecider::decide);
      case RESERVE ->
          DeciderRow.of(ReserveStockDecider::decide)
              .touching((reserve, state, items) -> addWanted(reserve, reserve.lines(), items))
              .stoppedByFrozenStore();
      case CONFIRM_RESERVATION ->
          DeciderRow.of(ConfirmReservationDecider::decide)
              .touching(Deciders::addHeld)
              .stoppedByFrozenStore();
      case RELEASE_RESERVATION ->
          DeciderRow.of(ReleaseReservationDecider::decide).touching(Deciders::addHeld);
      case EXTEND_RESERVATION ->
          DeciderRow.of(ExtendReservationDecider::decide).touching(Deciders::addHeld);
      case REPLACE_RESERVATION ->
          DeciderRow.of(ReplaceReservationDecider::decide)
              .touching(
                  (replace, state, items) -> {
                    addHeld(replace, state, items);
                    addWanted(replace, replace.lines(), items);
                  })
              .stoppedByFrozenStore();
      case EXPIRE_RESERVATION -> // a lease stops no clock
          DeciderRow.of(ExpireReservationDecider::decide);
      case SUBMIT_ORDER -> // a frozen store stops its operations, one by one
          DeciderRow.of(Deciders::order).touching(Deciders::addOperations);
      case ACQUIRE_LEASE -> DeciderRow.of(LeaseDeciders::acquire);
      case RENEW_LEASE -> DeciderRow.of(LeaseDeciders::renew);
      case RELEASE_LEASE -> DeciderRow.of(LeaseDeciders::release);
      case SHIP_TRANSFER ->
          DeciderRow.of(ShipTransferDecider::decide)
              .touching(Deciders::addShipped)
              .stoppedByFrozenStore();
      // units that arrive or come back need nobody's lease
      case RECEIVE_TRANSFER -> DeciderRow.of(ReceiveTransferDecider::decide);
      case CANCEL_TRANSFER -> DeciderRow.of(CancelTransferDecider::decide);
      case CREDIT_TRANSFER ->
          DeciderRow.of(CreditTransferDecider::decide).recalledBy(CreditTransferDecider::recall);
      case SETTLE_HANDOVER -> DeciderRow.of(SettleHandoverDecider::decide);
    };
  }

  @SuppressWarnings("unchecked") // a row is made for the class whose kind it stands under
  private static DeciderRow<Command.Mutation> of(Command.Mutation command) {
    return (DeciderRow<Command.Mutation>) Objects.requireNonNull(ROWS.get(command.kind()));
  }

  /** The event that a command leads to when no lease is in its way; also for a step of an order. */
  static Event decide(
      Command.Mutation command, CommandRequest request, DecisionState state, Moment moment) {
    DeciderRow<Command.Mutation> row = of(command);
    if (row.isStoppedByFrozenStore() && state.frozenStores().contains(command.store())) {
      return Rejections.ofItem(command, Rejection.of(RejectionCode.STORE_FROZEN));
    }
    return row.decider().decide(command, request, state, moment);
  }

  /** What came of a command that was done before and needs no receipt to be known; else null. */
  static @Nullable Event recall(Command.Mutation command, DecisionState state) {
    return of(command).recall().find(command, state);
  }

  /** The items that a command would change, which a lease may keep it from. */
  static Set<StockKey> touched(Command.Mutation command, DecisionState state) {
    Set<StockKey> items = new LinkedHashSet<>();
    of(command).touched().addTo(command, state, items);
    return items;
  }

  private static Event order(
      SubmitOrder order, CommandRequest request, DecisionState state, Moment moment) {
    return SubmitOrderDecider.decide(order, request, state, moment, Deciders::decide);
  }

  private static void addOperations(SubmitOrder order, DecisionState state, Set<StockKey> items) {
    order.operations().forEach(each -> of(each).touched().addTo(each, state, items));
  }

  private static void addWanted(
      Command.Mutation command, List<Command.ReserveLine> lines, Set<StockKey> items) {
    lines.forEach(line -> items.add(new StockKey(command.store(), line.sku())));
  }

  private static void addHeld(
      Command.OfReservation command, DecisionState state, Set<StockKey> items) {
    if (state.reservation(command.reservation()) instanceof Reservation.Open open) {
      for (HeldLine line : open.lines()) {
        items.add(new StockKey(command.store(), line.sku()));
      }
    }
  }

  private static void addShipped(
      TransferCommand.ShipTransfer ship, DecisionState state, Set<StockKey> items) {
    for (MovedLine line : ship.lines()) {
      items.add(new StockKey(ship.store(), line.sku()));
    }
  }
}
