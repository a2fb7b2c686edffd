package dev.holdfast.aggregator.api.http;

import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.http.ErrorAnswers;
import dev.holdfast.common.http.HealthAndMetrics;
import dev.holdfast.common.http.HttpBinding;
import dev.holdfast.common.http.HttpBounds;
import dev.holdfast.common.server.RequestIds;
import dev.holdfast.common.telemetry.HealthReport;
import dev.holdfast.common.telemetry.Telemetry;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;

/**
 * Javalin behind health and metrics, with bounds: few threads, so many connections, and nothing
 * that is not asked for.
 */
final class HttpServer {
  /** Requests that are served at a time, health and metrics aside. */
  private static final int READS_MAX = 48;

  /** SKUs may hold what a path gives another meaning, which then comes encoded. */
  private static final UriCompliance URIS =
      UriCompliance.DEFAULT.with(
          "holdfast",
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
          UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

  private final HttpBinding binding;
  private final RequestIds ids;
  private final Telemetry telemetry;
  private final Supplier<HealthReport> health;

  HttpServer(
      HttpBinding binding, RequestIds ids, Telemetry telemetry, Supplier<HealthReport> health) {
    this.binding = binding;
    this.ids = ids;
    this.telemetry = telemetry;
    this.health = health;
  }

  /**
   * Listens.
   *
   * @throws ConfigException when the address cannot be had
   */
  Javalin start(Consumer<JavalinConfig> routes) {
    Javalin server = Javalin.create(config -> configure(config, routes));
    try {
      return server.start();
    } catch (JavalinBindException e) {
      throw new ConfigException(
          "HTTP cannot listen on %s:%d (%s): change holdfast.http.port or holdfast.http.host"
              .formatted(binding.keys().host(), binding.keys().port(), e.getMessage()),
          e);
    }
  }

  private void configure(JavalinConfig config, Consumer<JavalinConfig> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.jetty.threadPool = HttpBounds.threads(READS_MAX);
    config.jetty.modifyHttpConfiguration(HttpServer::configure);
    config.jetty.addConnector((server, http) -> HttpBounds.connector(server, http, binding));
    config.jetty.modifyServer(this::bound);
    routes.accept(config);
  }

  private static void configure(HttpConfiguration http) {
    http.setUriCompliance(URIS);
  }

  /** Javalin puts itself behind the handlers that it finds. */
  private void bound(Server server) {
    HttpBounds.limit(server);
    server.setErrorHandler(new ErrorAnswers(ids, binding));
    Handler handler = new HealthAndMetrics(telemetry, health, ids, new BoundedReads(READS_MAX));
    server.setHandler(HttpBounds.guarded(binding, handler));
  }
}
