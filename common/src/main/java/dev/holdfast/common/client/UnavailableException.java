package dev.holdfast.common.client;

/** The call had no effect within its budget. It may be repeated. */
public final class UnavailableException extends HoldfastException {
  private static final long serialVersionUID = 1L;

  UnavailableException(Failure failure) {
    super(failure);
  }
}
