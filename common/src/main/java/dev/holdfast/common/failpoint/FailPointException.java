package dev.holdfast.common.failpoint;

/** The failure that a plan asks for. */
public final class FailPointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FailPointException(FailPoint point) {
    super("failpoint " + point);
  }
}
