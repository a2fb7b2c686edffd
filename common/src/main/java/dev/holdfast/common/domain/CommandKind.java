package dev.holdfast.common.domain;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The kinds of commands to a store, including those of its leader and of other partitions: one for
 * each type of {@link Command.Mutation}.
 */
public enum CommandKind implements Numbered {
  CREATE_ITEM(1, Command.CreateItem.class),
  ADJUST_STOCK(2, Command.AdjustStock.class),
  RESERVE(3, Command.ReserveStock.class),
  CONFIRM_RESERVATION(4, Command.ConfirmReservation.class),
  RELEASE_RESERVATION(5, Command.ReleaseReservation.class),
  EXTEND_RESERVATION(6, Command.ExtendReservation.class),
  REPLACE_RESERVATION(7, Command.ReplaceReservation.class),
  /** Asked by the leader of itself. */
  EXPIRE_RESERVATION(8, Command.ExpireReservation.class),
  SET_SAFETY_STOCK(10, TermsCommand.SetSafetyStock.class),
  SET_ITEM_FROZEN(11, TermsCommand.SetItemFrozen.class),
  DELETE_ITEM(12, TermsCommand.DeleteItem.class),
  SET_STORE_FROZEN(13, TermsCommand.SetStoreFrozen.class),
  COUNT_STOCK(14, CountStock.class),
  SUBMIT_ORDER(15, SubmitOrder.class),
  ACQUIRE_LEASE(16, LeaseCommand.AcquireLease.class),
  RENEW_LEASE(17, LeaseCommand.RenewLease.class),
  RELEASE_LEASE(18, LeaseCommand.ReleaseLease.class),
  SHIP_TRANSFER(20, TransferCommand.ShipTransfer.class),
  RECEIVE_TRANSFER(21, TransferCommand.ReceiveTransfer.class),
  CANCEL_TRANSFER(22, TransferCommand.CancelTransfer.class),
  CREDIT_TRANSFER(23, TransferCommand.CreditTransfer.class),
  SETTLE_HANDOVER(24, TransferCommand.SettleHandover.class);

  private static final ByNumber<CommandKind> BY_NUMBER = new ByNumber<>("command kind", values());
  private static final Map<Class<?>, CommandKind> BY_TYPE =
      Stream.of(values()).collect(toUnmodifiableMap(kind -> kind.type, Function.identity()));

  private final int number;
  private final Class<? extends Command.Mutation> type;

  CommandKind(int number, Class<? extends Command.Mutation> type) {
    this.number = number;
    this.type = type;
  }

  static CommandKind of(Command.Mutation command) {
    return Objects.requireNonNull(BY_TYPE.get(command.getClass()));
  }

  /** The constant of a number; an unknown one is an illegal argument. */
  public static CommandKind of(int number) {
    return BY_NUMBER.of(number);
  }

  @Override
  public int number() {
    return number;
  }
}
