package dev.holdfast.common.status;

import dev.holdfast.common.domain.Rejection.LifetimeLimit;
import dev.holdfast.common.domain.Rejection.NotHeld;
import dev.holdfast.common.domain.Rejection.ReservationIs;
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

  static Refusal of(Reason reason, String store, String id, String what, Map<String, String> more) {
    Map<String, String> metadata = new LinkedHashMap<>(more);
    metadata.put(Refusal.STORE, store);
    metadata.put(Refusal.RESERVATION_ID, id);
    String message = "reservation '" + id + "' in store '" + store + "' " + what;
    return new Refusal(reason, message, metadata);
  }

  /** Refuses a command because the reservation is open, or closed in some way. */
  static Refusal ofState(Reason reason, String store, String id, ReservationIs found) {
    String state = found.state().name().toLowerCase(Locale.ROOT);
    return of(reason, store, id, "is " + state + " already", Map.of(Refusal.STATE, state));
  }

  static Refusal notHeld(String store, String id, NotHeld rejection) {
    String requested = Long.toString(rejection.requested());
    String held = Long.toString(rejection.held());
    return of(
        Reason.NOT_HELD,
        store,
        id,
        "holds " + held + " of SKU '" + rejection.sku() + "', " + requested + " asked for",
        Map.of(Refusal.SKU, rejection.sku(), Refusal.REQUESTED, requested, Refusal.HELD, held));
  }

  static Refusal lifetimeLimit(String store, String id, LifetimeLimit limit) {
    long end = limit.lifeEndsMillis();
    return of(
        Reason.LIFETIME_LIMIT,
        store,
        id,
        "can last until " + Instant.ofEpochMilli(end) + " at the latest",
        Map.of(Refusal.LIFE_ENDS_MILLIS, Long.toString(end)));
  }
}
