package dev.holdfast.cli.imports;

/** A line is not a valid movement; the message names the column and the mistake. */
final class MalformedLineException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedLineException(String message) {
    super(message, null, false, false);
  }
}
