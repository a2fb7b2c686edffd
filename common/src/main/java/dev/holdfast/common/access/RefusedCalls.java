package dev.holdfast.common.access;

import dev.holdfast.common.access.AccessWatch.RefusedCall;
import dev.holdfast.common.server.RequestIdInterceptor;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ends calls that their callers may not make. */
final class RefusedCalls {
  private final AccessWatch watch;

  RefusedCalls(AccessWatch watch) {
    this.watch = watch;
  }

  AccessWatch watch() {
    return watch;
  }

  /**
   * Ends a call.
   *
   * @param caller null when it is not known
   * @return a listener that does nothing
   */
  <Q> ServerCall.Listener<Q> close(
      ServerCall<Q, ?> call, @Nullable Caller caller, Refusal refusal) {
    watch.refused(
        new RefusedCall(
            caller == null ? null : caller.principal(),
            addressOf(call),
            call.getMethodDescriptor().getFullMethodName(),
            RequestIdInterceptor.current(),
            refusal));
    StatusRuntimeException status = Statuses.exception(refusal);
    call.close(
        status.getStatus(), Objects.requireNonNullElseGet(status.getTrailers(), Metadata::new));
    return new ServerCall.Listener<>() {};
  }

  /** Where a call comes from, without the port. */
  static String addressOf(ServerCall<?, ?> call) {
    SocketAddress from = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return from instanceof InetSocketAddress internet
        ? internet.getAddress().getHostAddress()
        : String.valueOf(from);
  }
}
