package dev.holdfast.common.crypt;

import java.io.IOException;

/** Says in one line which key or file of keys is missing or wrong, and the way out. */
public final class KeyException extends IOException {
  private static final long serialVersionUID = 1L;

  public KeyException(String problem) {
    super(problem);
  }

  public KeyException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
