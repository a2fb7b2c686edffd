package dev.holdfast.store.testing;

import dev.holdfast.common.domain.AdjustmentReason;
import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.HeldLine;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.ReserveMode;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.decide.state.Moment;
import java.util.Arrays;
import java.util.List;

/** Short ways to write commands. */
public final class Requests {
  public static final Origin ALICE = new Origin("request-1", "alice");

  /** For what depends on no moment. */
  public static final Moment MOMENT = new Moment(1_700_000_000_000L, 1);

  /** An hour, of at most a day. */
  public static final Command.HoldTerms TERMS =
      new Command.HoldTerms(3_600_000, 24 * 3_600_000, "");

  private Requests() {}

  public static Command.CreateItem createItem(String store, String sku, long quantity) {
    return new Command.CreateItem(new StockKey(store, sku), quantity);
  }

  public static Command.AdjustStock adjust(String store, String sku, long delta) {
    return adjust(store, sku, delta, Command.ANY_VERSION);
  }

  public static Command.AdjustStock adjust(String store, String sku, long delta, long version) {
    return new Command.AdjustStock(
        new StockKey(store, sku), delta, AdjustmentReason.RECOUNT, version, false);
  }

  public static Command.ReserveStock reserve(
      String store, String reservationId, Command.ReserveLine... lines) {
    return new Command.ReserveStock(
        new ReservationKey(store, reservationId),
        Arrays.asList(lines),
        ReserveMode.ALL_OR_NOTHING,
        TERMS);
  }

  public static Command.ReserveStock reserveUpTo(
      String store, String reservationId, Command.ReserveLine... lines) {
    return new Command.ReserveStock(
        new ReservationKey(store, reservationId), Arrays.asList(lines), ReserveMode.UP_TO, TERMS);
  }

  public static Command.ReserveLine line(String sku, long quantity) {
    return line(sku, quantity, Command.ANY_VERSION);
  }

  public static Command.ReserveLine line(String sku, long quantity, long version) {
    return new Command.ReserveLine(sku, quantity, version);
  }

  public static Command.ConfirmReservation confirm(String store, String reservationId) {
    return confirm(store, reservationId, false);
  }

  public static Command.ConfirmReservation confirm(
      String store, String reservationId, boolean keepRest, HeldLine... lines) {
    ReservationKey key = new ReservationKey(store, reservationId);
    return new Command.ConfirmReservation(key, Arrays.asList(lines), keepRest, Command.ANY_VERSION);
  }

  public static Command.ReleaseReservation release(
      String store, String reservationId, HeldLine... lines) {
    ReservationKey key = new ReservationKey(store, reservationId);
    return new Command.ReleaseReservation(key, Arrays.asList(lines), Command.ANY_VERSION);
  }

  public static Command.ExtendReservation extend(
      String store, String reservationId, long ttlMillis) {
    ReservationKey key = new ReservationKey(store, reservationId);
    return new Command.ExtendReservation(key, ttlMillis, Command.ANY_VERSION);
  }

  public static Command.ReplaceReservation replace(
      String store, String reservationId, Command.ReserveLine... lines) {
    return new Command.ReplaceReservation(
        new ReservationKey(store, reservationId),
        Arrays.asList(lines),
        ReserveMode.ALL_OR_NOTHING,
        Command.ANY_VERSION);
  }

  public static Command.ExpireReservation expire(String store, String reservationId) {
    return new Command.ExpireReservation(new ReservationKey(store, reservationId));
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
