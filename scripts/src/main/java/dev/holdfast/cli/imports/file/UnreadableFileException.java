package dev.holdfast.cli.imports.file;

/** A file that cannot be read as records; the message says where and why, and what would help. */
public final class UnreadableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableFileException(String message) {
    super(message, null, false, false);
  }
}
