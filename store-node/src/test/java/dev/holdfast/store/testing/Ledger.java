package dev.holdfast.store.testing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the {@link Auditor} knows of items: plain numbers in maps. */
final class Ledger {
  static final long MAX = 1_000_000_000_000L;
  static final String ACTIVE = "ACTIVE";
  static final String FROZEN = "FROZEN";
  static final String DELETED = "DELETED";

  record Named(String scope, String name) {}

  record Numbers(long onHand, long reserved, long version, long safety, String state) {
    static Numbers opening(long quantity, long version) {
      return new Numbers(quantity, 0, version, 0, ACTIVE);
    }

    Numbers moved(long onHandNow, long reservedNow) {
      return new Numbers(onHandNow, reservedNow, version + 1, safety, state);
    }

    Numbers with(long safetyNow, String stateNow) {
      return new Numbers(onHand, reserved, version + 1, safetyNow, stateNow);
    }

    long free() {
      return onHand - reserved;
    }

    /** What reservations may take. */
    long forReservations() {
      return Math.max(0, onHand - reserved - safety);
    }

    String text(String sku) {
      String rest =
          (safety == 0 ? "" : "/safe" + safety) + (state.equals(ACTIVE) ? "" : "/" + state);
      return " " + sku + "=" + onHand + "/" + reserved + "/" + version + rest;
    }
  }

  final Map<Named, Numbers> items = new HashMap<>();
  final Set<String> frozenStores = new HashSet<>();

  /** Null when there is none, or none any more. */
  @Nullable Numbers find(Named id) {
    Numbers found = items.get(id);
    return found == null || found.state.equals(DELETED) ? null : found;
  }

  Numbers get(Named id) {
    Numbers found = find(id);
    if (found == null) {
      throw new AssertionError("no item " + id);
    }
    return found;
  }

  String set(Named id, Numbers numbers) {
    items.put(id, numbers);
    return numbers.text(id.name);
  }
}
