package dev.holdfast.common.domain;

/** An idempotency key in the scope of its caller. */
public record ReceiptKey(String principal, String idempotencyKey) {
  /** As {@link StockKey}: faster than what records come with. */
  @Override
  public int hashCode() {
    return principal.hashCode() * 31 + idempotencyKey.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReceiptKey key
        && idempotencyKey.equals(key.idempotencyKey)
        && principal.equals(key.principal);
  }
}
