package dev.holdfast.common.access;

import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a node keeps for calls of methods for which nobody needs to say who it is: a few at a
 * time of each connection, with small requests. gRPC itself would keep up to 4 MiB of each request
 * that is half sent, of hundreds of calls. On the threads of the network.
 */
final class OpenRequests extends ServerStreamTracer.Factory {
  /** The number of calls of one connection at a time. */
  static final int CALLS_MAX = 16;

  /** Of one request, which may be kept as long as its call. */
  static final int BYTES_MAX = 1 << 10;

  private static final Attributes.Key<AtomicInteger> CALLS =
      Attributes.Key.create("holdfast-open-calls");
  private static final Context.Key<Arriving> ARRIVING = Context.key("holdfast-open-request");
  private static final ServerStreamTracer OF_OTHERS = new ServerStreamTracer() {};

  /** Begins to count the calls of a connection. */
  static Attributes.Builder count(Attributes.Builder connection) {
    return connection.set(CALLS, new AtomicInteger());
  }

  /** Watches requests to open methods while they arrive. */
  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    MethodRule<?> rule = MethodRules.of(method);
    return rule != null && rule.isOpen() ? new Arriving() : OF_OTHERS;
  }

  /** Begins a call of an open method, if its connection has not too many of them. */
  static <Q, R> ServerCall.Listener<Q> begin(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    AtomicInteger calls = Objects.requireNonNull(call.getAttributes().get(CALLS));
    Bounded<Q, R> bounded = new Bounded<>(call, calls);
    if (calls.incrementAndGet() > CALLS_MAX) {
      bounded.refuse(
          Statuses.exception(
              Statuses.of(
                  Reason.OVERLOADED,
                  "this connection has %d calls of such methods already".formatted(CALLS_MAX))));
      return bounded.listener(new ServerCall.Listener<>() {});
    }
    Objects.requireNonNull(ARRIVING.get()).call = bounded;
    return bounded.listener(next.startCall(bounded, headers));
  }

  /** A request while it arrives. */
  private static final class Arriving extends ServerStreamTracer {
    private @Nullable Bounded<?, ?> call;
    private long bytes;
    private long parsedBytes;

    @Override
    public Context filterContext(Context context) {
      return context.withValue(ARRIVING, this);
    }

    @Override
    public void inboundWireSize(long more) {
      bytes += more;
      check(bytes);
    }

    /** What was compressed grows while it is parsed. */
    @Override
    public void inboundUncompressedSize(long more) {
      parsedBytes += more;
      check(parsedBytes);
    }

    private void check(long size) {
      if (size > BYTES_MAX && call != null) {
        String rule = "must be at most " + BYTES_MAX + " bytes";
        call.refuse(
            Statuses.exception(Statuses.invalid(List.of(new FieldViolation("request", rule)))));
      }
    }
  }

  /** A call that may end before its handler ends it. */
  private static final class Bounded<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final AtomicInteger calls;
    private boolean refused;

    Bounded(ServerCall<Q, R> call, AtomicInteger calls) {
      super(call);
      this.calls = calls;
    }

    void refuse(StatusRuntimeException why) {
      if (!refused) {
        refused = true;
        super.close(
            why.getStatus(), Objects.requireNonNullElseGet(why.getTrailers(), Metadata::new));
      }
    }

    @Override
    public void sendHeaders(Metadata headers) {
      if (!refused) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public void sendMessage(R message) {
      if (!refused) {
        super.sendMessage(message);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!refused) {
        super.close(status, trailers);
      }
    }

    @Override
    public boolean isCancelled() {
      return refused || super.isCancelled();
    }

    ServerCall.Listener<Q> listener(ServerCall.Listener<Q> handler) {
      return new SimpleForwardingServerCallListener<>(handler) {
        @Override
        public void onMessage(Q request) {
          if (!refused) {
            super.onMessage(request);
          }
        }

        @Override
        public void onHalfClose() {
          if (!refused) {
            super.onHalfClose();
          }
        }

        /** One of the two ends every call. */
        @Override
        public void onCancel() {
          calls.decrementAndGet();
          super.onCancel();
        }

        @Override
        public void onComplete() {
          calls.decrementAndGet();
          super.onComplete();
        }
      };
    }
  }
}
