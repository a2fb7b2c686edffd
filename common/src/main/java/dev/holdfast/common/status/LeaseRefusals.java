package dev.holdfast.common.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.common.domain.Rejection.StaleToken;
import java.net.URLEncoder;
import java.util.Map;

/** Refusals because of leases. */
final class LeaseRefusals {
  private LeaseRefusals() {}

  static Refusal locked(String store, String sku) {
    // A header takes ASCII only.
    String key = percentEncoded(store) + "/" + percentEncoded(sku);
    return Refusal.ofItem(
        Reason.LOCKED, store, sku, "is leased to somebody else", Map.of(Refusal.LOCK_KEY, key));
  }

  /** URLEncoder writes forms, in which a space is a plus. */
  private static String percentEncoded(String id) {
    return URLEncoder.encode(id, UTF_8).replace("+", "%20");
  }

  static Refusal staleToken(String store, StaleToken stale) {
    String given = Long.toUnsignedString(stale.given());
    String current = Long.toUnsignedString(stale.current());
    boolean leased = stale.current() != 0;
    return Refusal.ofItem(
        Reason.STALE_TOKEN,
        store,
        stale.sku(),
        leased ? "is leased with another token than " + given : "is not leased with token " + given,
        leased
            ? Map.of(Refusal.FENCING_TOKEN, given, Refusal.CURRENT_TOKEN, current)
            : Map.of(Refusal.FENCING_TOKEN, given));
  }

  static Refusal tooMany(String store, String sku) {
    String what = "cannot be leased: the partition has as many leases as it may";
    return Refusal.ofItem(Reason.TOO_MANY_LEASES, store, sku, what, Map.of());
  }
}
