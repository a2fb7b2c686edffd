package dev.holdfast.common.server;

import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Statuses;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses bytes that cannot be parsed like any other malformed request. gRPC itself would parse a
 * request before any handler sees the call and answer UNKNOWN, as if the call might have taken
 * effect.
 */
final class ReadableRequests {
  private ReadableRequests() {}

  /**
   * A request before parsing.
   *
   * @param message null when the bytes cannot be parsed
   */
  record Request<Q>(@Nullable Q message) {}

  static ServerServiceDefinition of(ServerServiceDefinition service) {
    List<ServerMethodDefinition<?, ?>> methods =
        service.getMethods().stream()
            .<ServerMethodDefinition<?, ?>>map(ReadableRequests::of)
            .toList();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder guarded = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(guarded::addMethod);
    return guarded.build();
  }

  private static <Q, R> ServerMethodDefinition<Request<Q>, R> of(
      ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> original = method.getMethodDescriptor();
    MethodDescriptor<Request<Q>, R> lenient =
        original.toBuilder(
                new Lenient<>(original.getRequestMarshaller()), original.getResponseMarshaller())
            .build();
    return ServerMethodDefinition.create(
        lenient,
        (call, headers) -> {
          var readable = new ReadableCall<>(call, original);
          return readable.listener(method.getServerCallHandler().startCall(readable, headers));
        });
  }

  static StatusRuntimeException malformed(MethodDescriptor<?, ?> method) {
    String description =
        "must be the protobuf message that " + method.getFullMethodName() + " takes";
    return Statuses.exception(
        Statuses.invalid(List.of(new FieldViolation("request", description))));
  }

  private record Lenient<Q>(Marshaller<Q> marshaller) implements Marshaller<Request<Q>> {
    @Override
    public InputStream stream(Request<Q> request) {
      throw new UnsupportedOperationException("a server sends no requests");
    }

    @Override
    public Request<Q> parse(InputStream bytes) {
      try {
        return new Request<>(marshaller.parse(bytes));
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.INTERNAL) {
          throw e;
        }
        return new Request<>(null);
      }
    }
  }
}
