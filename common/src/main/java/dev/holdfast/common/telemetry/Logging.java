package dev.holdfast.common.telemetry;

import ch.qos.logback.classic.LoggerContext;
import dev.holdfast.common.config.ConfigException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets up the logs of a process. Their format comes from logback.xml: JSON, or text if
 * HOLDFAST_LOG_FORMAT is {@code text}; from the level HOLDFAST_LOG_LEVEL on, else INFO.
 */
public final class Logging {
  /** Key of the request id, in the MDC or as a key-value pair of a log line. */
  public static final String REQUEST_ID = "request_id";

  /** Key of who makes a call. */
  public static final String PRINCIPAL = "principal";

  private static final String FORMAT = "HOLDFAST_LOG_FORMAT";
  private static final List<String> FORMATS = List.of("json", "text");
  private static final String LEVEL = "HOLDFAST_LOG_LEVEL";
  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

  private Logging() {}

  /**
   * Adds the node to every line, and redirects java.util.logging, which libraries use.
   *
   * @throws ConfigException if the environment names an unknown format or level, for which Logback
   *     would log nothing, or everything
   */
  public static void start(String nodeId, Map<String, String> environment) {
    require(FORMAT, environment.getOrDefault(FORMAT, "json"), FORMATS);
    require(LEVEL, environment.getOrDefault(LEVEL, "INFO").toUpperCase(Locale.ROOT), LEVELS);
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.putProperty("node", nodeId);
    }
    if (!SLF4JBridgeHandler.isInstalled()) {
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
    }
  }

  private static void require(String variable, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw new ConfigException(
          "environment variable %s = '%s' must be one of %s"
              .formatted(variable, value, String.join(", ", allowed)));
    }
  }
}
