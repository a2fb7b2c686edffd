package dev.holdfast.common.access;

import dev.holdfast.common.access.Identity.Unknown;
import dev.holdfast.common.status.Refusal;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests through to their handlers that their callers may make. Stands where requests are
 * parsed, behind {@link AuthenticationInterceptor}.
 */
final class RightsInterceptor implements ServerInterceptor {
  private final RefusedCalls refused;
  private final OpenStreams streams;

  RightsInterceptor(RefusedCalls refused, OpenStreams streams) {
    this.refused = refused;
    this.streams = streams;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    MethodRule<Q> rule = MethodRules.of(call.getMethodDescriptor());
    if (rule.isOpen()) {
      return next.startCall(call, headers);
    }
    return call.getMethodDescriptor().getType() == MethodDescriptor.MethodType.UNARY
        ? new Guarded<>(call, rule, next.startCall(call, headers))
        : stream(call, headers, next, rule);
  }

  private <Q, R> ServerCall.Listener<Q> stream(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next, MethodRule<Q> rule) {
    OpenStream<Q, R> stream = new OpenStream<>(call, rule, Caller.current());
    return new Guarded<>(call, rule, streams.watched(stream, next.startCall(stream, headers)));
  }

  /** Looks at each request before its handler does. */
  private final class Guarded<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private final MethodRule<Q> rule;
    private final Caller caller = Caller.current();
    private boolean over;

    Guarded(ServerCall<Q, ?> call, MethodRule<Q> rule, ServerCall.Listener<Q> handler) {
      super(handler);
      this.call = call;
      this.rule = rule;
    }

    @Override
    public void onMessage(Q request) {
      if (over) {
        return;
      }
      Refusal refusal = refusal(request);
      if (refusal == null) {
        super.onMessage(request);
      } else {
        over = true;
        refused.close(call, caller, refusal);
      }
    }

    /** The request may come long after the call began, when its caller is not believed any more. */
    private @Nullable Refusal refusal(Q request) {
      String lapse = caller.lapse();
      return lapse == null ? rule.refusal(caller, request) : Unknown.because(lapse).refusal();
    }

    @Override
    public void onHalfClose() {
      if (!over) {
        super.onHalfClose();
      }
    }
  }
}
