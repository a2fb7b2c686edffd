package dev.holdfast.cli.imports;

/** A line that is no movement; the message names the column and what is wrong with it. */
final class MalformedLineException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedLineException(String message) {
    super(message, null, false, false);
  }
}
