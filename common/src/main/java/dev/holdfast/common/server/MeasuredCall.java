package dev.holdfast.common.server;

import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.StatusReader;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * One call under measurement. It ends once: when the handler closes it, on any thread, or when the
 * caller goes away first.
 */
final class MeasuredCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private final MethodMeters meters;
  private final LongAdder inFlight;
  private final CallNames names;
  private final LongSupplier nanoClock;
  private final long started;
  private final AtomicBoolean ended = new AtomicBoolean();

  MeasuredCall(
      ServerCall<Q, R> call,
      MethodMeters meters,
      LongAdder inFlight,
      CallNames names,
      LongSupplier nanoClock) {
    super(call);
    this.meters = meters;
    this.inFlight = inFlight;
    this.names = names;
    this.nanoClock = nanoClock;
    this.started = nanoClock.getAsLong();
    inFlight.increment();
  }

  /** The handler's listener, which is also told when the caller goes away. */
  ServerCall.Listener<Q> listener(ServerCall.Listener<Q> handler) {
    return new SimpleForwardingServerCallListener<>(handler) {
      @Override
      public void onCancel() {
        end(Status.Code.CANCELLED);
        super.onCancel();
      }
    };
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (end(status.getCode()) && !status.isOk()) {
      refused(status, trailers);
    }
    super.close(status, trailers);
  }

  private boolean end(Status.Code code) {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    if (getMethodDescriptor().getType() == MethodType.UNARY) {
      recordLatency(code);
    }
    inFlight.decrement();
    return true;
  }

  private void recordLatency(Status.Code code) {
    long now = nanoClock.getAsLong();
    meters.latency(code).record(now - started, TimeUnit.NANOSECONDS);
    meters.slowCalls().ended(names.requestId(), code, now - started, now);
  }

  private void refused(Status status, Metadata trailers) {
    Refusal refusal = StatusReader.refusalOf(StatusProto.fromStatusAndTrailers(status, trailers));
    if (refusal != null) {
      meters.refusals(refusal.reason()).increment();
    }
    String reason = refusal == null ? status.getCode().name() : refusal.reason().name();
    meters.refusedCalls().refused(names, reason, status.getDescription(), nanoClock.getAsLong());
  }
}
