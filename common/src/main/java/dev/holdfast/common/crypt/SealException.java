package dev.holdfast.common.crypt;

/**
 * Thrown when what is to be opened is not what was sealed: damaged, moved to another row, or
 * another key's.
 */
public final class SealException extends Exception {
  private static final long serialVersionUID = 1L;

  SealException(String problem) {
    super(problem);
  }

  SealException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
