package dev.holdfast.common.status;

import dev.holdfast.common.domain.Rejection.NotOutstanding;
import java.util.LinkedHashMap;
import java.util.Map;

/** Refusals of commands because of a transfer. */
public final class TransferRefusals {
  private TransferRefusals() {}

  public static Refusal notFound(String store, String transferId) {
    return of(Reason.NOT_FOUND, store, transferId, "does not exist");
  }

  static Refusal exists(String store, String transferId) {
    return of(Reason.TRANSFER_EXISTS, store, transferId, "already exists");
  }

  static Refusal closed(String store, String transferId) {
    return of(Reason.TRANSFER_CLOSED, store, transferId, "is closed: nothing is in transit");
  }

  static Refusal destinationNotFound(String store, String transferId) {
    return of(Reason.NOT_FOUND, store, transferId, "goes to a store that has no item");
  }

  static Refusal outOfOrder(String store, String transferId) {
    return of(Reason.HANDOVER_OUT_OF_ORDER, store, transferId, "has another hand-over due");
  }

  static Refusal notOutstanding(String store, String transferId, NotOutstanding rejection) {
    Map<String, String> more = new LinkedHashMap<>();
    more.put(Refusal.SKU, rejection.sku());
    more.put(Refusal.REQUESTED, Long.toString(rejection.requested()));
    more.put(Refusal.AVAILABLE, Long.toString(rejection.outstanding()));
    String what =
        "has %d of SKU '%s' outstanding, %d asked for"
            .formatted(rejection.outstanding(), rejection.sku(), rejection.requested());
    return of(Reason.NOT_OUTSTANDING, store, transferId, what, more);
  }

  private static Refusal of(Reason reason, String store, String transferId, String what) {
    return of(reason, store, transferId, what, Map.of());
  }

  private static Refusal of(
      Reason reason, String store, String transferId, String what, Map<String, String> more) {
    Map<String, String> metadata = new LinkedHashMap<>(more);
    metadata.put(Refusal.STORE, store);
    metadata.put(Refusal.TRANSFER_ID, transferId);
    String message = "transfer '" + transferId + "' of store '" + store + "' " + what;
    return new Refusal(reason, message, metadata);
  }
}
