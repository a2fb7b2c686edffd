package dev.holdfast.common.domain;

/**
 * An event with who asked for it and why.
 *
 * @param idempotencyKey empty when the command had none; else this event is the command's receipt
 * @param fingerprint of the command's payload, 0 without an idempotency key
 */
public record RecordedEvent(
    Event event, Origin origin, String reference, String idempotencyKey, long fingerprint) {

  /** Folds the event, decided at a time, into the state. */
  public void foldInto(StateChanges changes, long timeMillis) {
    event.foldInto(changes, this, timeMillis);
  }

  public boolean isReceipt() {
    return !idempotencyKey.isEmpty();
  }

  public ReceiptKey receiptKey() {
    return new ReceiptKey(origin.principal(), idempotencyKey);
  }
}
