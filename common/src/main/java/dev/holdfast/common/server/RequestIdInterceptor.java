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
import org.jspecify.annotations.Nullable;

/**
 * Gives every call a request id: the caller's, if it sent a valid one, else a new one. Handlers
 * find it in the gRPC context; the caller gets it back with every answer, refusals included.
 */
public final class RequestIdInterceptor implements ServerInterceptor {
  /** The header of requests and answers. */
  public static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<AnsweringCall<?, ?>> CONTEXT_KEY = Context.key("holdfast-call");
  private static final String NO_CALL = "";

  private final RequestIds ids = new RequestIds(new SecureRandom());

  /** The id of the call that the current thread serves; empty outside of calls. */
  public static String current() {
    AnsweringCall<?, ?> call = CONTEXT_KEY.get();
    return call == null ? NO_CALL : call.id;
  }

  /** The headers of the answer to the call that the current thread serves. */
  public static AnswerHeaders answerHeaders() {
    AnsweringCall<?, ?> call = CONTEXT_KEY.get();
    return call == null ? AnswerHeaders.NONE : call;
  }

  /** Says who makes the call that the current thread serves, for its log lines. */
  public static void identify(String principal) {
    AnsweringCall<?, ?> call = CONTEXT_KEY.get();
    if (call != null) {
      call.principal = principal;
    }
  }

  /** The call that the current thread serves, as log lines name it. */
  static CallNames names() {
    AnsweringCall<?, ?> call = CONTEXT_KEY.get();
    return call == null ? CallNames.NONE : call;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String id = ids.orNext(headers.get(HEADER));
    AnsweringCall<Q, R> answering = new AnsweringCall<>(call, id);
    Context context = Context.current().withValue(CONTEXT_KEY, answering);
    return Contexts.interceptCall(context, answering, headers, next);
  }

  /** Adds the id to the headers or, when the call ends without any, to the trailers. */
  private static final class AnsweringCall<Q, R> extends SimpleForwardingServerCall<Q, R>
      implements AnswerHeaders, CallNames {
    private final String id;
    private volatile String principal = "";
    private @Nullable Metadata more;
    private boolean sent;

    AnsweringCall(ServerCall<Q, R> call, String id) {
      super(call);
      this.id = id;
    }

    @Override
    public String requestId() {
      return id;
    }

    @Override
    public String principal() {
      return principal;
    }

    @Override
    public void put(Metadata.Key<String> key, String value) {
      if (more == null) {
        more = new Metadata();
      }
      more.put(key, value);
    }

    private void addTo(Metadata headers) {
      headers.put(HEADER, id);
      if (more != null) {
        headers.merge(more);
      }
    }

    @Override
    public void sendHeaders(Metadata headers) {
      addTo(headers);
      sent = true;
      super.sendHeaders(headers);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!sent) {
        addTo(trailers);
      }
      super.close(status, trailers);
    }
  }
}
