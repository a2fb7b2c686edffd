package dev.holdfast.aggregator.invariant;

import org.jspecify.annotations.Nullable;

/** View and stores could not be compared, or made equal, now. Another try may do. */
public final class UnprovenException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnprovenException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public UnprovenException(String message) {
    this(message, null);
  }
}
