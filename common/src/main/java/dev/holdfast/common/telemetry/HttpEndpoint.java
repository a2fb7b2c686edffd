package dev.holdfast.common.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.common.config.ConfigException;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP side of a node: {@code /metrics} (also as {@code /api/metrics}) for Prometheus, and
 * {@code /api/health}, 200 when ready and 503 when not. Runs on two threads of its own, so a slow
 * reader holds up nothing else.
 */
public final class HttpEndpoint implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int BACKLOG = 16;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final long NO_BODY = -1;
  private static final Set<String> READS = Set.of("GET", "HEAD");

  private final HttpServer server;
  private final ExecutorService threads;
  private final JsonMapper json = JsonMapper.shared();
  private final Supplier<HealthReport> health;

  private HttpEndpoint(HttpServer server, Supplier<HealthReport> health) {
    this.server = server;
    this.health = health;
    this.threads = Executors.newFixedThreadPool(THREADS, named());
  }

  /**
   * Listens.
   *
   * @param port 0 takes a free one
   * @param health asked at each health call, on a thread of this endpoint
   * @throws ConfigException when the address can not be had
   */
  public static HttpEndpoint start(
      String host, int port, Telemetry telemetry, Supplier<HealthReport> health) {
    HttpEndpoint endpoint = new HttpEndpoint(bind(host, port), health);
    MetricsHandler metrics = new MetricsHandler(telemetry.series());
    endpoint.serve("/metrics", metrics);
    endpoint.serve("/api/metrics", metrics);
    endpoint.serve("/api/health", endpoint::answerHealth);
    endpoint.server.createContext("/", exchange -> endpoint.refuse(exchange, NOT_FOUND));
    endpoint.server.setExecutor(endpoint.threads);
    endpoint.server.start();
    return endpoint;
  }

  /** The port that was bound. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /**
   * The server takes longer paths and all methods to a context; here only reads of the very path.
   */
  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          if (!exchange.getRequestURI().getPath().equals(path)) {
            refuse(exchange, NOT_FOUND);
          } else if (!READS.contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", String.join(", ", READS));
            refuse(exchange, METHOD_NOT_ALLOWED);
          } else {
            handler.handle(exchange);
          }
        });
  }

  /** As problem details (RFC 9457). */
  private void refuse(HttpExchange exchange, int status) throws IOException {
    String detail =
        "%s %s; there are: GET /api/health, /metrics"
            .formatted(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
    answer(
        exchange, status, "application/problem+json", Map.of("status", status, "detail", detail));
  }

  private static HttpServer bind(String host, int port) {
    try {
      return HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
    } catch (IOException e) {
      throw new ConfigException(
          "HTTP can not listen on %s:%d (%s): change holdfast.http.port or holdfast.http.host"
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  private void answerHealth(HttpExchange exchange) throws IOException {
    HealthReport report = health.get();
    answer(exchange, report.ready() ? 200 : 503, "application/json", report);
  }

  private void answer(HttpExchange exchange, int status, String type, Object content)
      throws IOException {
    try (exchange) {
      byte[] body = json.writeValueAsString(content).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? NO_BODY : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static ThreadFactory named() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "http-" + number.getAndIncrement());
      thread.setDaemon(true);
      return thread;
    };
  }
}
