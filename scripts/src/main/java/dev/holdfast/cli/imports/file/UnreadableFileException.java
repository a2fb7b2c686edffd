package dev.holdfast.cli.imports.file;

/** A file cannot be read as records; the message gives the place, the reason and the way out. */
public final class UnreadableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableFileException(String message) {
    super(message, null, false, false);
  }
}
