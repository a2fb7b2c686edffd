package dev.holdfast.common.client;

/** The call was decided against. Asking again gets the same answer. */
public final class RejectedException extends HoldfastException {
  private static final long serialVersionUID = 1L;

  RejectedException(Failure failure) {
    super(failure);
  }
}
