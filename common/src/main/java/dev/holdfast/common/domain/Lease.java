package dev.holdfast.common.domain;

/**
 * The right to change an item for a while.
 *
 * @param token sequence of the event that granted it, so that a later holder's is higher
 * @param expiresMillis when it ends, by the leader's clock
 */
public record Lease(String holder, long token, long expiresMillis) {
  public boolean isLive(long nowMillis) {
    return nowMillis < expiresMillis;
  }

  public Lease until(long newExpiresMillis) {
    return new Lease(holder, token, newExpiresMillis);
  }
}
