package dev.holdfast.store.decide;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Rejection;

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
}
