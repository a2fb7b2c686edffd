package dev.holdfast.common.tls;

/** Says in one line which file of certificates is missing or wrong. */
public final class TlsFileException extends Exception {
  private static final long serialVersionUID = 1L;

  TlsFileException(String problem) {
    super(problem);
  }

  TlsFileException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
