package dev.holdfast.common.server;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Measures every call: latency by method and gRPC code, refusals by method and reason, calls and
 * streams in flight. Only unary calls have a latency, since a stream lasts as long as its reader
 * likes. Stands inside {@link RequestIdInterceptor}, whose id it logs with slow calls.
 */
public final class CallMetricsInterceptor implements ServerInterceptor {
  private final MeterRegistry registry;
  private final LongSupplier nanoClock;
  private final ConcurrentMap<String, MethodMeters> methods = new ConcurrentHashMap<>();
  private final LongAdder callsInFlight = new LongAdder();
  private final LongAdder streamsInFlight = new LongAdder();

  public CallMetricsInterceptor(MeterRegistry registry) {
    this(registry, System::nanoTime);
  }

  CallMetricsInterceptor(MeterRegistry registry, LongSupplier nanoClock) {
    this.registry = registry;
    this.nanoClock = nanoClock;
    inFlight("unary", callsInFlight);
    inFlight("stream", streamsInFlight);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    boolean unary = call.getMethodDescriptor().getType() == MethodType.UNARY;
    LongAdder inFlight = unary ? callsInFlight : streamsInFlight;
    MeasuredCall<Q, R> measured =
        new MeasuredCall<>(call, meters(call), inFlight, RequestIdInterceptor.names(), nanoClock);
    return measured.listener(next.startCall(measured, headers));
  }

  private MethodMeters meters(ServerCall<?, ?> call) {
    String method = call.getMethodDescriptor().getFullMethodName();
    MethodMeters known = methods.get(method);
    return known != null
        ? known
        : methods.computeIfAbsent(method, name -> new MethodMeters(registry, name));
  }

  private void inFlight(String kind, LongAdder adder) {
    Gauge.builder("holdfast.grpc.server.in.flight", adder, LongAdder::sum)
        .description("calls that have not ended, unary ones and streams")
        .tag("kind", kind)
        .register(registry);
  }
}
