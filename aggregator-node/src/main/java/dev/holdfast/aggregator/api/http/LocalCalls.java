package dev.holdfast.aggregator.api.http;

import dev.holdfast.common.access.Access;
import dev.holdfast.common.access.AccessWatch.RefusedCall;
import dev.holdfast.common.access.Caller;
import dev.holdfast.common.http.HttpAccess;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import io.grpc.MethodDescriptor;
import io.grpc.stub.StreamObserver;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Calls gRPC services of the same process for whoever makes an HTTP request, with its rights. */
record LocalCalls(Access access) {
  /**
   * The answer of a service.
   *
   * @param rpc the method as others call it
   * @throws io.grpc.StatusRuntimeException when it is a refusal, or did not come in time
   */
  <Q, R> R answer(
      Context http,
      MethodDescriptor<Q, R> rpc,
      Q request,
      BiConsumer<Q, StreamObserver<R>> method) {
    Caller caller =
        access.isOpen()
            ? Caller.ANYBODY
            : Objects.requireNonNull(http.attribute(HttpAccess.CALLER), "no caller");
    Refusal refusal = access.refusal(caller, rpc, request);
    if (refusal != null) {
      access.refused(
          new RefusedCall(
              caller.principal(),
              http.ip(),
              rpc.getFullMethodName(),
              Objects.requireNonNullElse(http.attribute(HttpApi.REQUEST_ID), ""),
              refusal));
      throw Statuses.exception(refusal);
    }
    io.grpc.Context context = caller.in(io.grpc.Context.current());
    io.grpc.Context before = context.attach();
    try {
      return LocalCall.answer(request, method);
    } finally {
      context.detach(before);
    }
  }
}
