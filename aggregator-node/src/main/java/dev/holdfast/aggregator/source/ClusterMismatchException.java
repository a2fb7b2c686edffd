package dev.holdfast.aggregator.source;

/** The store nodes belong to another cluster than the one to follow. */
public final class ClusterMismatchException extends Exception {
  private static final long serialVersionUID = 1L;

  ClusterMismatchException(String message) {
    super(message);
  }
}
