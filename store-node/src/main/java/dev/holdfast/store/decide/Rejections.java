package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.TransferCommand;

/** Turns a rejection into the event that records it. */
final class Rejections {
  private static final String NO_RESERVATION = "";

  private Rejections() {}

  static Event.CommandRejected ofItem(Command.Mutation command, Rejection rejection) {
    return new Event.CommandRejected(command.kind(), command.store(), NO_RESERVATION, rejection);
  }

  static Event.CommandRejected ofReservation(Command.OfReservation command, Rejection rejection) {
    return new Event.CommandRejected(
        command.kind(), command.store(), command.reservation().reservationId(), rejection);
  }

  static Event.CommandRejected ofTransfer(TransferCommand command, Rejection rejection) {
    return new Event.CommandRejected(
        command.kind(), command.store(), command.transfer().transferId(), rejection);
  }

  static Event.CommandRejected ofTransfer(TransferCommand command, RejectionCode code) {
    return ofTransfer(command, Rejection.of(code, ""));
  }
}
