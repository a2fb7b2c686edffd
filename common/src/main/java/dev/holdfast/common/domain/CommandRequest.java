package dev.holdfast.common.domain;

/**
 * A command with who asks, why, and under which idempotency key.
 *
 * @param idempotencyKey empty when there is none
 * @param fingerprint of the payload, 0 without an idempotency key
 */
public record CommandRequest(
    Command command, Origin origin, String reference, String idempotencyKey, long fingerprint) {

  /** A command that the leader gives itself. */
  public static CommandRequest ofSystem(Command command) {
    return new CommandRequest(command, Origin.SYSTEM, "", "", 0);
  }

  public boolean hasKey() {
    return !idempotencyKey.isEmpty();
  }

  public ReceiptKey receiptKey() {
    return new ReceiptKey(origin.principal(), idempotencyKey);
  }

  /** The record of what this request led to. */
  public RecordedEvent recorded(Event event) {
    return new RecordedEvent(event, origin, reference, idempotencyKey, fingerprint);
  }
}
