package dev.holdfast.cli;

import java.io.IOException;
import java.util.Locale;

/** Standard output was lost: the disk is full, or the reader has gone. */
public final class LostOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostOutputException(IOException cause) {
    super("the output could not be written: " + cause.getMessage(), cause);
  }

  /**
   * Whether the reader of a pipe has gone, as {@code head} does; that is not an error to report.
   */
  boolean isClosedPipe() {
    String message = String.valueOf(getCause() == null ? "" : getCause().getMessage());
    return message.toLowerCase(Locale.ROOT).contains("broken pipe");
  }
}
