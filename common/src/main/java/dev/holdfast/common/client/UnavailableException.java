package dev.holdfast.common.client;

/** Nothing was tried, or only reads, until the time was over. It may be asked again. */
public final class UnavailableException extends HoldfastException {
  private static final long serialVersionUID = 1L;

  UnavailableException(Failure failure) {
    super(failure);
  }
}
