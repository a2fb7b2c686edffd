package dev.holdfast.common.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.SecureRandom;

/**
 * Gives every call a request id: the caller's, when it sent a fit one, else a new one. Handlers
 * find it in the gRPC context; the caller gets it back with every answer, refusals included.
 */
public final class RequestIdInterceptor implements ServerInterceptor {
  /** The header, in and out. */
  public static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<String> CONTEXT_KEY = Context.key("holdfast-request-id");
  private static final String NO_CALL = "";

  private final RequestIds ids = new RequestIds(new SecureRandom());

  /** The id of the call that the current thread serves; empty outside of calls. */
  public static String current() {
    String id = CONTEXT_KEY.get();
    return id == null ? NO_CALL : id;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String id = ids.orNext(headers.get(HEADER));
    Context context = Context.current().withValue(CONTEXT_KEY, id);
    return Contexts.interceptCall(context, new AnsweringCall<>(call, id), headers, next);
  }

  /** Adds the id to the headers or, when the call ends without any, to the trailers. */
  private static final class AnsweringCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final String id;
    private boolean sent;

    AnsweringCall(ServerCall<Q, R> call, String id) {
      super(call);
      this.id = id;
    }

    @Override
    public void sendHeaders(Metadata headers) {
      headers.put(HEADER, id);
      sent = true;
      super.sendHeaders(headers);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!sent) {
        trailers.put(HEADER, id);
      }
      super.close(status, trailers);
    }
  }
}
