package dev.holdfast.aggregator.api.http;

import dev.holdfast.common.telemetry.Telemetry;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Measures requests by path, as it is routed and not as it is typed, and by status. */
final class HttpMeters {
  private static final String STARTED = "started";

  private final MeterRegistry registry;
  private final ConcurrentMap<Outcome, Timer> timers = new ConcurrentHashMap<>();

  HttpMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  private record Outcome(String path, int status) {}

  void begin(Context context) {
    context.attribute(STARTED, System.nanoTime());
  }

  void end(Context context) {
    Long started = context.attribute(STARTED);
    if (started != null) {
      Outcome outcome = new Outcome(path(context), context.status().getCode());
      timers
          .computeIfAbsent(outcome, this::timer)
          .record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
    }
  }

  private static String path(Context context) {
    @Nullable Endpoint matched = context.endpoints().matchedHttpEndpoint();
    return matched == null ? "none" : matched.path;
  }

  private Timer timer(Outcome outcome) {
    return Telemetry.latency("holdfast.http.server", "HTTP requests, from their first to last step")
        .tag("path", outcome.path())
        .tag("status", String.valueOf(outcome.status()))
        .register(registry);
  }
}
