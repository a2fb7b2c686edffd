package dev.holdfast.common.status;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** A refusal on its way to the caller. An answer, not a fault: no stack trace, which costs more. */
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
