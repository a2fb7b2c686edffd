package dev.holdfast.common.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Closes connections that stay busy without progress, for example by sending or reading a byte now
 * and then, which no idle timeout does. No answer of a node takes that long.
 */
final class StalledConnections implements Connection.Listener {
  private static final long LOOK_SECONDS = 15;

  private final ServerConnector connector;

  StalledConnections(ServerConnector connector) {
    this.connector = connector;
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) { // it counts no messages; the one inside does
      lookLater(connection);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    // The next look finds it closed.
  }

  private void lookLater(Connection connection) {
    long messages = messages(connection);
    var unused =
        connector
            .getScheduler()
            .schedule(() -> look(connection, messages), LOOK_SECONDS, TimeUnit.SECONDS);
  }

  private void look(Connection connection, long messagesBefore) {
    if (!connection.getEndPoint().isOpen()) {
      return;
    }
    if (messages(connection) == messagesBefore) {
      connection.close();
    } else {
      lookLater(connection);
    }
  }

  private static long messages(Connection connection) {
    return connection.getMessagesIn() + connection.getMessagesOut();
  }
}
