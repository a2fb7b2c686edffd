package dev.holdfast.common.http;

import dev.holdfast.common.config.SecurityRelations;
import dev.holdfast.common.tls.TlsIdentity;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Bounds the connections of a node's HTTP: their number and their duration. Requests are read
 * without a thread, so a caller that stalls costs a connection, and only for a while.
 */
public final class HttpBounds {
  /** One thread accepts and one selects, however many processors there are. */
  private static final int NETWORK_THREADS = 2;

  /** The number of threads for answers that never wait. */
  private static final int QUICK_THREADS = 4;

  private static final int THREAD_IDLE_MILLIS = 30_000;
  private static final int CONNECTIONS_MAX = 256;

  /** A token of the largest size and what else comes with it, as by gRPC. */
  private static final int HEADER_BYTES_MAX = 16 << 10;

  private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(10);

  /** The idle timeout when all connections are taken and new ones wait for one to end. */
  private static final long IDLE_WHEN_FULL_MILLIS = 500;

  /**
   * Connections that wait to be accepted. Beyond this number the system drops the packet that opens
   * a connection; callers repeat it after 1, 3 and 7 s, which is too late for a probe.
   */
  private static final int UNACCEPTED_MAX = 1_024;

  private HttpBounds() {}

  /**
   * The threads of a server.
   *
   * @param slow number of requests that may wait at the same time, each on a thread
   */
  public static QueuedThreadPool threads(int slow) {
    int most = NETWORK_THREADS + QUICK_THREADS + slow;
    QueuedThreadPool threads = new QueuedThreadPool(most, NETWORK_THREADS + 1, THREAD_IDLE_MILLIS);
    threads.setName("http");
    threads.setDaemon(true);
    return threads;
  }

  /** Makes the connector at which a server listens. */
  public static ServerConnector connector(
      Server server, HttpConfiguration http, HttpBinding binding) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES_MAX);
    ServerConnector connector = new ServerConnector(server, 1, 1, protocols(http, binding));
    connector.setHost(binding.keys().host());
    connector.setPort(binding.keys().port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(UNACCEPTED_MAX);
    connector.addBean((Connection.Listener) new StalledConnections(connector));
    connector.addBean(new FailedHandshakes(binding.security().handshakes()));
    return connector;
  }

  private static ConnectionFactory[] protocols(HttpConfiguration http, HttpBinding binding) {
    TlsIdentity identity = binding.security().identity();
    HttpConnectionFactory requests = new HttpConnectionFactory(http);
    http.addCustomizer(
        (request, answer) -> {
          BrowserHeaders.addTo(answer, identity != null);
          return request;
        });
    if (identity == null) {
      return new ConnectionFactory[] {requests};
    }
    HttpTls.configure(http);
    return new ConnectionFactory[] {HttpTls.connections(identity), requests};
  }

  /** Puts what every request must pass before the handlers of a server. */
  public static Handler guarded(HttpBinding binding, Handler handler) {
    TlsIdentity identity = binding.security().identity();
    if (identity != null) {
      return new HttpAccess(identity, binding.access(), handler);
    }
    return SecurityRelations.isLoopback(binding.keys().host()) ? new LocalNames(handler) : handler;
  }

  /** Bounds the connections; call it before the server starts. */
  public static void limit(Server server) {
    NetworkConnectionLimit limit = new NetworkConnectionLimit(CONNECTIONS_MAX, server);
    limit.setEndPointIdleTimeout(IDLE_WHEN_FULL_MILLIS);
    server.addBean(limit);
  }
}
