package dev.holdfast.cli;

/** The command line cannot be obeyed; the message names the option and the way out. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
