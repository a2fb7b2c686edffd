package dev.holdfast.store.decide.check;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.TransferCommand;

/** Turns a rejection into the event that records it. */
public final class Rejections {
  private static final String NO_RESERVATION = "";

  private Rejections() {}

  public static Event.CommandRejected ofItem(Command.Mutation command, Rejection rejection) {
    return new Event.CommandRejected(command.kind(), command.store(), NO_RESERVATION, rejection);
  }

  public static Event.CommandRejected ofReservation(
      Command.OfReservation command, Rejection rejection) {
    return new Event.CommandRejected(
        command.kind(), command.store(), command.reservation().reservationId(), rejection);
  }

  public static Event.CommandRejected ofTransfer(TransferCommand command, Rejection rejection) {
    return new Event.CommandRejected(
        command.kind(), command.store(), command.transfer().transferId(), rejection);
  }

  public static Event.CommandRejected ofTransfer(TransferCommand command, RejectionCode code) {
    return ofTransfer(command, Rejection.of(code));
  }
}
