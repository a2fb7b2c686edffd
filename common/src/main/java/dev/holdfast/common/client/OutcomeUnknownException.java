package dev.holdfast.common.client;

/**
 * The call may or may not have taken effect. Ask again with the same idempotency key to learn
 * which.
 */
public final class OutcomeUnknownException extends HoldfastException {
  private static final long serialVersionUID = 1L;

  OutcomeUnknownException(Failure failure) {
    super(failure);
  }
}
