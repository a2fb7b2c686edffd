package dev.holdfast.common.status;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * A refusal on its way to the caller. It is an answer, not a fault, so it has no costly stack
 * trace.
 */
final class RefusedException extends StatusRuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(Status status, Metadata trailers) {
    super(status, trailers);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
