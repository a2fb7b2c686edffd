package dev.holdfast.cli;

import dev.holdfast.cli.output.Moments;
import dev.holdfast.proto.inventory.v1.EarlierAnswer;
import dev.holdfast.proto.inventory.v1.ReservationState;
import java.util.Locale;

/**
 * Says on standard error that an answer is not of this call, but of an earlier one with its key.
 */
public final class Earlier {
  private static final String PREFIX = "RESERVATION_STATE_";

  private Earlier() {}

  /** Without effect when there was none. */
  public static void tell(EarlierAnswer earlier, Session session) {
    if (earlier.getDecidedMillis() == 0) {
      return;
    }
    session
        .err()
        .printf(
            "this is the answer that the key got at %s; a new attempt takes a new --key%n",
            Moments.text(earlier.getDecidedMillis()));
    ReservationState now = earlier.getReservationNow();
    if (now != ReservationState.RESERVATION_STATE_UNSPECIFIED
        && now != ReservationState.RESERVATION_STATE_OPEN) {
      String state = now.name().substring(PREFIX.length()).toLowerCase(Locale.ROOT);
      session.err().printf("the reservation does not hold any more: it is %s%n", state);
    }
  }
}
