package dev.holdfast.common.access;

import dev.holdfast.common.access.Identity.Unknown;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream of answers, which ends when its caller may not have it any more. */
final class OpenStream<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private final MethodRule<Q> rule;
  private final Caller caller;
  private volatile @Nullable Q request;
  private boolean closed; // guarded by this
  private volatile boolean ended;

  OpenStream(ServerCall<Q, R> call, MethodRule<Q> rule, Caller caller) {
    super(call);
    this.rule = rule;
    this.caller = caller;
  }

  /** What is asked for. */
  void ask(Q message) {
    request = message;
  }

  /** Ends it if its caller lost the right to it. */
  void check() {
    Refusal refusal = refusal();
    if (refusal != null) {
      end(refusal);
    }
  }

  private @Nullable Refusal refusal() {
    String lapse = caller.lapse();
    if (lapse != null) {
      return Unknown.because(lapse).refusal();
    }
    Q asked = request;
    return asked == null ? rule.refusal(caller) : rule.refusal(caller, asked);
  }

  private void end(Refusal refusal) {
    StatusRuntimeException status = Statuses.exception(refusal);
    Metadata trailers = Objects.requireNonNullElseGet(status.getTrailers(), Metadata::new);
    ended = true; // its source stops by itself
    close(status.getStatus(), trailers);
  }

  @Override
  public synchronized void sendHeaders(Metadata headers) {
    if (!closed) {
      super.sendHeaders(headers);
    }
  }

  @Override
  public synchronized void sendMessage(R message) {
    if (!closed) {
      super.sendMessage(message);
    }
  }

  @Override
  public synchronized void close(Status status, Metadata trailers) {
    if (!closed) {
      closed = true;
      super.close(status, trailers);
    }
  }

  @Override
  public boolean isCancelled() {
    return ended || super.isCancelled();
  }
}
