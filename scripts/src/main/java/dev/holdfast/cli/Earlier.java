package dev.holdfast.cli;

import dev.holdfast.cli.output.Moments;
import dev.holdfast.proto.inventory.v1.EarlierAnswer;
import dev.holdfast.proto.inventory.v1.ReservationState;
import java.util.Locale;

/** Notes on standard error that an answer repeats the one of an earlier call with the same key. */
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
            "this repeats the answer that the key got at %s; a new attempt needs a new --key%n",
            Moments.text(earlier.getDecidedMillis()));
    ReservationState now = earlier.getReservationNow();
    if (now != ReservationState.RESERVATION_STATE_UNSPECIFIED
        && now != ReservationState.RESERVATION_STATE_OPEN) {
      String state = now.name().substring(PREFIX.length()).toLowerCase(Locale.ROOT);
      session.err().printf("the reservation does not hold any more: it is %s%n", state);
    }
  }
}
