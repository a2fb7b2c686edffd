package dev.holdfast.aggregator.view;

/** An event that this build cannot read, as when it is of a newer type. */
public final class UnreadableEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableEventException(String message) {
    super(message);
  }
}
