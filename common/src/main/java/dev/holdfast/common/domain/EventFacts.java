package dev.holdfast.common.domain;

/**
 * Tells of an event besides what it does to stock, which its fold tells.
 *
 * @param store empty for an event of no store
 * @param sku the item that a refused command failed on, or that a lease is on, else empty
 * @param reservationId or the id of a transfer; empty when there is none
 * @param reason of an adjustment or a refusal, else empty
 */
public record EventFacts(
    EventKind kind, String store, String sku, String reservationId, String reason) {
  /** There is nothing to tell but the store, which is empty for an event of the partition. */
  static EventFacts ofStore(EventKind kind, String store) {
    return new EventFacts(kind, store, "", "", "");
  }
}
