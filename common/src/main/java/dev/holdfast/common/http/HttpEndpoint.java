package dev.holdfast.common.http;

import com.google.common.base.Throwables;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.server.RequestIds;
import dev.holdfast.common.telemetry.HealthReport;
import dev.holdfast.common.telemetry.Telemetry;
import java.security.SecureRandom;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** The HTTP side of a node that has health and metrics and nothing else. */
public final class HttpEndpoint implements AutoCloseable {
  private final Server server = new Server(HttpBounds.threads(0));
  private final ServerConnector connector;

  private HttpEndpoint(HttpBinding binding, Telemetry telemetry, Supplier<HealthReport> health) {
    RequestIds ids = new RequestIds(new SecureRandom());
    connector = HttpBounds.connector(server, new HttpConfiguration(), binding);
    server.addConnector(connector);
    HttpBounds.limit(server);
    server.setErrorHandler(new ErrorAnswers(ids, binding));
    Handler handler = new HealthAndMetrics(telemetry, health, ids, new NoSuchPath());
    server.setHandler(HttpBounds.guarded(binding, handler));
  }

  /**
   * Listens.
   *
   * @param health called for each health request; must not wait
   * @throws ConfigException if the address cannot be bound
   */
  public static HttpEndpoint start(
      HttpBinding binding, Telemetry telemetry, Supplier<HealthReport> health) {
    HttpEndpoint endpoint = new HttpEndpoint(binding, telemetry, health);
    try {
      endpoint.server.start();
    } catch (Exception e) {
      endpoint.close();
      throw new ConfigException(
          "HTTP cannot listen on %s:%d (%s): change holdfast.http.port or holdfast.http.host"
              .formatted(
                  binding.keys().host(),
                  binding.keys().port(),
                  Throwables.getRootCause(e).getMessage()),
          e);
    }
    return endpoint;
  }

  /** The port that was bound. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("HTTP did not stop", e);
    }
  }

  private static final class NoSuchPath extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String detail =
          "%s %s; there are: GET /api/health, /metrics"
              .formatted(request.getMethod(), Request.getPathInContext(request));
      Response.writeError(request, response, callback, 404, detail);
      return true;
    }
  }
}
