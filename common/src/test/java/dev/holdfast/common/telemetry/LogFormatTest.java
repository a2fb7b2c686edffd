package dev.holdfast.common.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.holdfast.common.config.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.bridge.SLF4JBridgeHandler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logs through the real logback.xml, in a context of its own. */
final class LogFormatTest {
  private final PrintStream realOut = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    context.stop();
    MDC.clear();
    System.setOut(realOut);
  }

  @Test
  void shouldLogJson() throws JoranException {
    Logger log = logger("dev.holdfast.store.Thing", Map.of());
    context.putProperty("node", "node-a");

    log.atInfo().addKeyValue("request_id", "r-1").log("it {}", "works");

    JsonNode line = new JsonMapper().readTree(written());
    assertThat(line.propertyNames())
        .containsExactlyInAnyOrder(
            "timestamp", "level", "logger", "thread", "message", "node", "request_id");
    assertThat(line.get("timestamp").asString()).endsWith("Z");
    assertThat(line.get("level").asString()).isEqualTo("INFO");
    assertThat(line.get("logger").asString()).isEqualTo("dev.holdfast.store.Thing");
    assertThat(line.get("message").asString()).isEqualTo("it works");
    assertThat(line.get("node").asString()).isEqualTo("node-a");
    assertThat(line.get("request_id").asString()).isEqualTo("r-1");
  }

  @Test
  void shouldTakeTheRequestIdFromTheMdc() throws JoranException {
    Logger log = logger("dev.holdfast.store.Thing", Map.of());
    MDC.put(Logging.REQUEST_ID, "r-2");

    log.warn("it failed", new IllegalStateException("boom"));

    JsonNode line = new JsonMapper().readTree(written());
    assertThat(line.get("request_id").asString()).isEqualTo("r-2");
    assertThat(line.get("stack_trace").asString()).contains("IllegalStateException: boom");
  }

  @Test
  void shouldLogTextWhenAsked() throws JoranException {
    Logger log = logger("dev.holdfast.store.Thing", Map.of("HOLDFAST_LOG_FORMAT", "text"));
    context.putProperty("node", "node-a");
    MDC.put(Logging.REQUEST_ID, "r-3");

    log.info("it works");

    assertThat(written()).contains(" INFO  node-a [").endsWith(" r-3  - it works\n");
  }

  @Test
  void shouldLogFromTheLevelAskedFor() throws JoranException {
    Logger log = logger("dev.holdfast.store.Thing", Map.of("HOLDFAST_LOG_LEVEL", "ERROR"));

    log.warn("not this");
    log.error("but this");

    assertThat(written()).contains("but this").doesNotContain("not this");
  }

  @Test
  void shouldKeepRaftQuiet() throws JoranException {
    Logger log = logger("com.alipay.sofa.jraft.core.NodeImpl", Map.of());

    log.info("chatter");
    log.warn("trouble");

    assertThat(written()).contains("trouble").doesNotContain("chatter");
  }

  @Test
  void shouldBringInJavaUtilLogging() {
    Logging.start("node-a", Map.of());

    assertThat(SLF4JBridgeHandler.isInstalled()).isTrue();
    assertThat(((LoggerContext) LoggerFactory.getILoggerFactory()).getProperty("node"))
        .isEqualTo("node-a");
  }

  @ParameterizedTest
  @CsvSource({"HOLDFAST_LOG_FORMAT, xml", "HOLDFAST_LOG_LEVEL, verbose"})
  void shouldRefuseWhatWouldSilenceOrFloodTheLogs(String variable, String value) {
    assertThatThrownBy(() -> Logging.start("node-a", Map.of(variable, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("environment variable %s = ", variable);
  }

  private Logger logger(String name, Map<String, String> variables) throws JoranException {
    variables.forEach(context::putProperty);
    context.setMDCAdapter(MDC.getMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    URL config = Objects.requireNonNull(Logging.class.getResource("/logback.xml"));
    configurator.doConfigure(config);
    return context.getLogger(name);
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
