package dev.holdfast.common.server;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.telemetry.Telemetry;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The meters of one gRPC method. Each is registered when its outcome first occurs and is then kept,
 * since asking the registry costs more than recording.
 */
final class MethodMeters {
  private final MeterRegistry registry;
  private final String method;
  private final ConcurrentMap<Status.Code, Timer> timers = new ConcurrentHashMap<>();
  private final ConcurrentMap<Reason, Counter> refusals = new ConcurrentHashMap<>();
  private final SlowCallLog slowCalls;
  private final RefusedCallLog refusedCalls;

  MethodMeters(MeterRegistry registry, String method) {
    this.registry = registry;
    this.method = method;
    this.slowCalls = new SlowCallLog(method);
    this.refusedCalls = new RefusedCallLog(method);
  }

  SlowCallLog slowCalls() {
    return slowCalls;
  }

  RefusedCallLog refusedCalls() {
    return refusedCalls;
  }

  Timer latency(Status.Code code) {
    Timer known = timers.get(code);
    return known != null ? known : timers.computeIfAbsent(code, this::registerLatency);
  }

  Counter refusals(Reason reason) {
    Counter known = refusals.get(reason);
    return known != null ? known : refusals.computeIfAbsent(reason, this::registerRefusals);
  }

  private Timer registerLatency(Status.Code code) {
    return Telemetry.latency("holdfast.grpc.server.calls", "unary calls by method and gRPC code")
        .tag("method", method)
        .tag("code", code.name())
        .register(registry);
  }

  private Counter registerRefusals(Reason reason) {
    return Counter.builder("holdfast.grpc.server.refusals")
        .description("calls that were refused, by method and reason")
        .tag("method", method)
        .tag("reason", reason.name())
        .register(registry);
  }
}
