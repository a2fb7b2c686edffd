package dev.holdfast.common.http;

import dev.holdfast.common.server.RequestIds;
import dev.holdfast.common.telemetry.HealthReport;
import dev.holdfast.common.telemetry.Telemetry;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /metrics} (also as {@code /api/metrics}) for Prometheus, and {@code /api/health}, 200 when
 * ready and 503 when not. Stands before all other paths and never waits, not even for the reader of
 * the answer, so nothing slow can keep it from answering.
 */
public final class HealthAndMetrics extends Handler.Wrapper {
  static final String REQUEST_ID = "x-request-id";
  private static final Set<String> METRICS = Set.of("/metrics", "/api/metrics");
  private static final String HEALTH = "/api/health";
  private static final Set<String> READS = Set.of("GET", "HEAD");

  private final JsonMapper json = JsonMapper.shared();
  private final Scrapes scrapes;
  private final Supplier<HealthReport> health;
  private final RequestIds ids;

  /**
   * Creates the handler.
   *
   * @param health called for each health request; must not wait
   */
  public HealthAndMetrics(
      Telemetry telemetry, Supplier<HealthReport> health, RequestIds ids, Handler others) {
    super(others);
    this.scrapes = new Scrapes(telemetry);
    this.health = health;
    this.ids = ids;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!READS.contains(request.getMethod())) { // whatever other headers say that it is
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Response.writeError(request, response, callback, 405, "HTTP can only be read");
      return true;
    }
    if (isMetrics(request)) {
      return read(request, response, callback, this::metrics);
    }
    return isHealth(request)
        ? read(request, response, callback, this::health)
        : super.handle(request, response, callback);
  }

  static boolean isMetrics(Request request) {
    return METRICS.contains(Request.getPathInContext(request));
  }

  static boolean isHealth(Request request) {
    return HEALTH.equals(Request.getPathInContext(request));
  }

  private interface Answer {
    void to(Request request, Response response, Callback callback);
  }

  private boolean read(Request request, Response response, Callback callback, Answer answer) {
    response.getHeaders().put(REQUEST_ID, ids.orNext(request.getHeaders().get(REQUEST_ID)));
    answer.to(request, response, callback);
    return true;
  }

  private void metrics(Request request, Response response, Callback callback) {
    var unused =
        scrapes
            .get(request.getHeaders().get(HttpHeader.ACCEPT))
            .whenComplete(
                (metrics, failure) -> {
                  if (failure == null) {
                    write(response, metrics.contentType(), metrics.content(), callback);
                  } else {
                    callback.failed(failure);
                  }
                });
  }

  private void health(Request request, Response response, Callback callback) {
    HealthReport report = health.get();
    response.setStatus(report.ready() ? 200 : 503);
    write(response, "application/json", json.writeValueAsBytes(report), callback);
  }

  private static void write(
      Response response, String contentType, byte[] content, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
    response.write(true, ByteBuffer.wrap(content), callback);
  }
}
