package dev.holdfast.common.client;

/**
 * The bytes of a partition's log are not those that the log before them promised: a node sent other
 * ones than their hash says, or replicas differ.
 */
public final class BrokenLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenLogException(String message) {
    super(message);
  }
}
