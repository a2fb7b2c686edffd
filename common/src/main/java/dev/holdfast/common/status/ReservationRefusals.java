package dev.holdfast.common.status;

import dev.holdfast.common.domain.Rejection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Refusals of commands because of a reservation. */
final class ReservationRefusals {
  private ReservationRefusals() {}

  static Refusal of(Reason reason, String store, String id, String what) {
    return of(reason, store, id, what, Map.of());
  }

  private static Refusal of(
      Reason reason, String store, String id, String what, Map<String, String> more) {
    Map<String, String> metadata = new LinkedHashMap<>(more);
    metadata.put(Refusal.STORE, store);
    metadata.put(Refusal.RESERVATION_ID, id);
    String message = "reservation '" + id + "' in store '" + store + "' " + what;
    return new Refusal(reason, message, metadata);
  }

  /** Refuses a command because the reservation is open, or closed in some way. */
  static Refusal ofState(Reason reason, String store, String id, Rejection rejection) {
    String state = rejection.reservation().state().name().toLowerCase(Locale.ROOT);
    return of(reason, store, id, "is " + state + " already", Map.of(Refusal.STATE, state));
  }

  static Refusal notHeld(String store, String id, Rejection rejection) {
    String requested = Long.toString(rejection.requested());
    String held = Long.toString(rejection.held());
    return of(
        Reason.NOT_HELD,
        store,
        id,
        "holds " + held + " of SKU '" + rejection.sku() + "', " + requested + " asked for",
        Map.of(Refusal.SKU, rejection.sku(), Refusal.REQUESTED, requested, Refusal.HELD, held));
  }

  static Refusal lifetimeLimit(String store, String id, Rejection rejection) {
    long end = rejection.reservation().lifeEndsMillis();
    return of(
        Reason.LIFETIME_LIMIT,
        store,
        id,
        "can last until " + Instant.ofEpochMilli(end) + " at the latest",
        Map.of(Refusal.LIFE_ENDS_MILLIS, Long.toString(end)));
  }

  static Refusal versionConflict(String store, String id, Rejection rejection) {
    String expected = Long.toString(rejection.expectedVersion());
    String actual = Long.toString(rejection.actualVersion());
    return of(
        Reason.VERSION_CONFLICT,
        store,
        id,
        "is at version " + actual + ", not " + expected,
        Map.of(Refusal.EXPECTED_VERSION, expected, Refusal.ACTUAL_VERSION, actual));
  }
}
