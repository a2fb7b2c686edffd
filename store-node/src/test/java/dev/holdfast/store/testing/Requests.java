package dev.holdfast.store.testing;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.decide.Moment;
import java.util.Arrays;
import java.util.List;

/** Short ways to write commands. */
public final class Requests {
  public static final Origin ALICE = new Origin("request-1", "alice");

  /** For what depends on no moment. */
  public static final Moment MOMENT = new Moment(1_700_000_000_000L, 1);

  private Requests() {}

  public static Command.CreateItem createItem(String store, String sku, long quantity) {
    return new Command.CreateItem(new StockKey(store, sku), quantity);
  }

  public static Command.AdjustStock adjust(String store, String sku, long delta) {
    return adjust(store, sku, delta, Command.ANY_VERSION);
  }

  public static Command.AdjustStock adjust(String store, String sku, long delta, long version) {
    return new Command.AdjustStock(
        new StockKey(store, sku), delta, AdjustmentReason.RECOUNT, version);
  }

  public static Command.ReserveStock reserve(
      String store, String reservationId, Command.ReserveLine... lines) {
    return new Command.ReserveStock(new ReservationKey(store, reservationId), Arrays.asList(lines));
  }

  public static Command.ReserveLine line(String sku, long quantity) {
    return line(sku, quantity, Command.ANY_VERSION);
  }

  public static Command.ReserveLine line(String sku, long quantity, long version) {
    return new Command.ReserveLine(sku, quantity, version);
  }

  public static Command.ConfirmReservation confirm(String store, String reservationId) {
    return new Command.ConfirmReservation(new ReservationKey(store, reservationId));
  }

  public static Command.ReleaseReservation release(String store, String reservationId) {
    return new Command.ReleaseReservation(new ReservationKey(store, reservationId));
  }

  public static CommandRequest of(Command command) {
    return new CommandRequest(command, ALICE, "", "", 0);
  }

  public static CommandRequest of(Command command, String idempotencyKey) {
    return of(command, idempotencyKey, ALICE);
  }

  public static CommandRequest of(Command command, String idempotencyKey, Origin origin) {
    long fingerprint = idempotencyKey.isEmpty() ? 0 : fingerprint(command);
    return new CommandRequest(command, origin, "", idempotencyKey, fingerprint);
  }

  /** Commands of different text have, but for rare chance, different marks. */
  private static long fingerprint(Command command) {
    String text = command.toString();
    return (long) text.hashCode() << 32 | (List.of(text, text).hashCode() & 0xffffffffL);
  }
}
