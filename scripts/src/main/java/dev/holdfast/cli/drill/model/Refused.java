package dev.holdfast.cli.drill.model;

import dev.holdfast.cli.drill.history.Outcome;
import java.util.Map;
import java.util.TreeMap;

/** Ends a decision with a refusal. An answer, not a fault: no stack trace. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient Map<String, String> details = new TreeMap<>();

  private Refused(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  static Refused store(String reason, String store) {
    return new Refused(reason).with("store", store);
  }

  static Refused item(String reason, Item item) {
    return store(reason, item.store()).with("sku", item.sku());
  }

  static Refused reservation(String reason, Id id) {
    return store(reason, id.store()).with("reservation_id", id.name());
  }

  static Refused transfer(String reason, Id id) {
    return store(reason, id.store()).with("transfer_id", id.name());
  }

  Refused with(String name, Object value) {
    details.put(name, value.toString());
    return this;
  }

  Outcome.Refused outcome() {
    return new Outcome.Refused(reason, details);
  }
}
