package dev.holdfast.aggregator.ingest;

/** A cut cannot be taken at the sequence that was asked for. */
public final class MissedCutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissedCutException(String message) {
    super(message);
  }
}
