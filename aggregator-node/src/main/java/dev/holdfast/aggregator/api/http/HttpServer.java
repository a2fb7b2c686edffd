package dev.holdfast.aggregator.api.http;

import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.HttpKeys;
import dev.holdfast.common.server.RequestIds;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Javalin with bounds: few threads, so many connections, and nothing that is not asked for. */
final class HttpServer {
  private static final int THREADS_MIN = 3;
  private static final int THREADS_MAX = 8;
  private static final int THREAD_IDLE_MILLIS = 30_000;
  private static final int CONNECTIONS_MAX = 256;
  private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(30);

  /** SKUs may hold a slash or a percent sign, which then come encoded in the path. */
  private static final UriCompliance URIS =
      UriCompliance.DEFAULT.with(
          "holdfast",
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING);

  private HttpServer() {}

  /**
   * Listens.
   *
   * @throws ConfigException when the address can not be had
   */
  static Javalin start(HttpKeys keys, RequestIds ids, Consumer<JavalinConfig> routes) {
    Javalin server = Javalin.create(config -> configure(config, keys, ids, routes));
    try {
      return server.start();
    } catch (JavalinBindException e) {
      throw new ConfigException(
          "HTTP can not listen on %s:%d (%s): change holdfast.http.port or holdfast.http.host"
              .formatted(keys.host(), keys.port(), e.getMessage()),
          e);
    }
  }

  private static void configure(
      JavalinConfig config, HttpKeys keys, RequestIds ids, Consumer<JavalinConfig> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.jetty.threadPool = threads();
    config.jetty.modifyHttpConfiguration(HttpServer::configure);
    config.jetty.addConnector((server, http) -> connector(server, http, keys));
    config.jetty.modifyServer(
        server -> {
          server.addBean(new NetworkConnectionLimit(CONNECTIONS_MAX, server));
          server.setErrorHandler(new UnreadableRequests(ids));
        });
    routes.accept(config);
  }

  private static void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setUriCompliance(URIS);
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN, THREAD_IDLE_MILLIS);
    threads.setName("http");
    threads.setDaemon(true);
    return threads;
  }

  /** One thread accepts and one selects, however many processors there are. */
  private static Connector connector(Server server, HttpConfiguration http, HttpKeys keys) {
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(keys.host());
    connector.setPort(keys.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }
}
