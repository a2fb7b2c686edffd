package dev.holdfast.common.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.common.config.ConfigException;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
    endpoint.server.createContext("/metrics", metrics);
    endpoint.server.createContext("/api/metrics", metrics);
    endpoint.server.createContext("/api/health", endpoint::answerHealth);
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
    try (exchange) {
      HealthReport report = health.get();
      byte[] body = json.writeValueAsString(report).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(report.ready() ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
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
