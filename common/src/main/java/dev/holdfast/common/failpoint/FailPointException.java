package dev.holdfast.common.failpoint;

/** The failure that a plan or a script asks for. */
public final class FailPointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public FailPointException(FailPoint point) {
    super("failpoint " + point);
  }
}
