package dev.holdfast.common.client;

/** A field is malformed; {@link #violations()} names it. Nothing was tried. */
public final class InvalidRequestException extends HoldfastException {
  private static final long serialVersionUID = 1L;

  InvalidRequestException(Failure failure) {
    super(failure);
  }
}
