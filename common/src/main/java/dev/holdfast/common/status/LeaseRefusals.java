package dev.holdfast.common.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.common.domain.Rejection;
import java.net.URLEncoder;
import java.util.Map;

/** Refusals because of leases. */
final class LeaseRefusals {
  private LeaseRefusals() {}

  static Refusal locked(String store, Rejection rejection) {
    // A header takes ASCII only.
    String key = percentEncoded(store) + "/" + percentEncoded(rejection.sku());
    return Refusal.ofItem(
        Reason.LOCKED,
        store,
        rejection.sku(),
        "is leased to somebody else",
        Map.of(Refusal.LOCK_KEY, key));
  }

  /** URLEncoder writes forms, in which a space is a plus. */
  private static String percentEncoded(String id) {
    return URLEncoder.encode(id, UTF_8).replace("+", "%20");
  }

  static Refusal staleToken(String store, Rejection rejection) {
    String given = Long.toUnsignedString(rejection.expectedVersion());
    String current = Long.toUnsignedString(rejection.actualVersion());
    boolean leased = rejection.actualVersion() != 0;
    return Refusal.ofItem(
        Reason.STALE_TOKEN,
        store,
        rejection.sku(),
        leased ? "is leased with another token than " + given : "is not leased with token " + given,
        leased
            ? Map.of(Refusal.FENCING_TOKEN, given, Refusal.CURRENT_TOKEN, current)
            : Map.of(Refusal.FENCING_TOKEN, given));
  }

  static Refusal tooMany(String store, Rejection rejection) {
    String what = "cannot be leased: the partition has as many leases as it may";
    return Refusal.ofItem(Reason.TOO_MANY_LEASES, store, rejection.sku(), what, Map.of());
  }
}
