package dev.holdfast.common.domain;

import java.util.List;

/**
 * A command with who asks, why, and under which idempotency key.
 *
 * @param idempotencyKey empty when there is none
 * @param fingerprint of the payload, 0 without an idempotency key
 * @param fencingTokens of leases on the items. They say who may ask, not what is asked, so they are
 *     no part of the payload: who got a new lease may ask again with the same key
 */
public record CommandRequest(
    Command command,
    Origin origin,
    String reference,
    String idempotencyKey,
    long fingerprint,
    List<Long> fencingTokens) {

  public CommandRequest {
    fencingTokens = List.copyOf(fencingTokens);
  }

  /** A command that the leader gives itself. */
  public static CommandRequest ofSystem(Command command) {
    return new CommandRequest(command, Origin.SYSTEM, "", "", 0, List.of());
  }

  /** The same for another command that came of the first. */
  public CommandRequest with(Command other) {
    return new CommandRequest(other, origin, reference, idempotencyKey, fingerprint, fencingTokens);
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
