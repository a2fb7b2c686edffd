package dev.holdfast.aggregator.api.http;

import dev.holdfast.common.http.HttpBinding;
import dev.holdfast.common.http.HttpProblems;
import dev.holdfast.common.server.RequestIds;
import dev.holdfast.common.telemetry.HealthReport;
import dev.holdfast.common.telemetry.Logging;
import dev.holdfast.common.telemetry.Telemetry;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusRequest;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusResponse;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc;
import dev.holdfast.proto.aggregator.v1.SyncServiceGrpc.SyncServiceImplBase;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc.GlobalStockServiceImplBase;
import dev.holdfast.proto.inventory.v1.HistoryServiceGrpc.HistoryServiceImplBase;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP side of an aggregator: metrics, health and the view as JSON. Every answer carries the
 * request id; every refusal is a {@link Problem}.
 */
public final class HttpApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
  private static final String REQUEST_ID = "x-request-id";
  private static final int SERVER_ERROR = 500;

  private final RequestIds ids = new RequestIds(new SecureRandom());
  private final JsonMapper json = JsonMapper.shared();
  private final LocalCalls calls;
  private final GlobalPaths global;
  private final HistoryPaths history;
  private final SyncServiceImplBase sync;
  private final HttpMeters meters;
  private final Javalin server;

  /**
   * Listens; fails with a ConfigException when the address cannot be had.
   *
   * @param health asked at each health call
   */
  public HttpApi(
      HttpBinding binding,
      Telemetry telemetry,
      Supplier<HealthReport> health,
      GlobalStockServiceImplBase stock,
      HistoryServiceImplBase history,
      SyncServiceImplBase sync) {
    this.calls = new LocalCalls(binding.access());
    this.global = new GlobalPaths(stock, calls);
    this.history = new HistoryPaths(history, calls);
    this.sync = sync;
    this.meters = new HttpMeters(telemetry.meters());
    this.server =
        new HttpServer(binding, ids, telemetry, health).start(config -> route(config.routes));
  }

  private void route(RoutesConfig routes) {
    routes.before(this::begin);
    read(routes, "/api/sync/status", this::syncStatus);
    read(routes, "/api/global", global::list);
    read(routes, "/api/global/<sku>", global::get);
    read(routes, "/api/history", history::list);
    read(routes, "/api/history/as-of", history::asOf);
    routes.exception(HttpResponseException.class, this::refuse);
    routes.exception(Exception.class, this::refuse);
    routes.after(this::end);
  }

  /** HEAD as GET, without the body, which Jetty leaves out. */
  private void read(RoutesConfig routes, String path, Function<Context, ?> answer) {
    Handler handler = context -> answer(context, "application/json", answer.apply(context));
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private void begin(Context context) {
    meters.begin(context);
    String id = ids.orNext(context.header(REQUEST_ID));
    context.attribute(REQUEST_ID, id);
    context.header(REQUEST_ID, id);
    MDC.put(Logging.REQUEST_ID, id);
  }

  private void end(Context context) {
    MDC.remove(Logging.REQUEST_ID);
    meters.end(context);
  }

  private Map<String, @Nullable Object> syncStatus(Context context) {
    GetSyncStatusRequest request = GetSyncStatusRequest.getDefaultInstance();
    GetSyncStatusResponse status =
        calls.answer(
            context, SyncServiceGrpc.getGetSyncStatusMethod(), request, sync::getSyncStatus);
    return ProtoJson.object(status);
  }

  private void refuse(Exception failure, Context context) {
    Problem problem = Problem.of(failure);
    if (problem.status() == SERVER_ERROR) {
      LOG.error("{} {} failed", context.method(), context.path(), failure);
    }
    Duration retryAfter = problem.retryAfter();
    if (retryAfter != null) { // whole seconds, rounded up
      context.header("Retry-After", String.valueOf(retryAfter.plusMillis(999).toSeconds()));
    }
    context.status(problem.status());
    String id = Objects.requireNonNullElse(context.attribute(REQUEST_ID), "");
    answer(context, HttpProblems.CONTENT_TYPE, problem.json(id));
  }

  private void answer(Context context, String contentType, Object content) {
    context.contentType(contentType).result(json.writeValueAsBytes(content));
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
