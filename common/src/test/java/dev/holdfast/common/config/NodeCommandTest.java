package dev.holdfast.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NodeCommandTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("HOLDFAST_NODE_ID", "a", "HOLDFAST_NODE_DATA_DIR", "d", "HOLDFAST_HTTP_PORT", "0");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<SampleConfig> started = new ArrayList<>();
  private final NodeCommand<SampleConfig> command =
      new NodeCommand<>(
          NodeCommandTest.class,
          new ConfigLoader<>(SampleConfig.class, (config, problems) -> {}),
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8));

  @Test
  void shouldStartWithTheSettings() {
    assertThat(run("--set", "holdfast.node.id=b")).isEqualTo(NodeCommand.OK);

    assertThat(started).extracting(config -> config.node().id()).containsExactly("b");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void shouldPrintHelpWithoutStarting() {
    assertThat(run("--help")).isEqualTo(NodeCommand.OK);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("NodeCommandTest [--config FILE]")
        .contains("holdfast.limits.count-max");
    assertThat(started).isEmpty();
  }

  @Test
  void shouldPrintTheVersionWithoutStarting() {
    assertThat(run("--version")).isEqualTo(NodeCommand.OK);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("development");
    assertThat(started).isEmpty();
  }

  @Test
  void shouldExitWithTwoAndOneLineWhenMisconfigured() {
    assertThat(run("--set", "holdfast.http.port=x")).isEqualTo(NodeCommand.MISCONFIGURED);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("holdfast.http.port = 'x' (--set): must be a whole number");
    assertThat(started).isEmpty();
  }

  @Test
  void shouldReportSettingsThatOnlyTheStartCanRefuse() {
    int code =
        command.run(
            new String[0],
            ENVIRONMENT,
            config -> {
              throw new ConfigException("port in use");
            });

    assertThat(code).isEqualTo(NodeCommand.MISCONFIGURED);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("port in use");
  }

  @Test
  void shouldReadTheCommandLine() {
    NodeArguments arguments =
        NodeArguments.parse(
            "--config=node.yaml", "--set", "holdfast.cluster.pinned=United Kingdom=0;Germany=1");

    assertThat(arguments.configFile()).contains(Path.of("node.yaml"));
    assertThat(arguments.settings())
        .isEqualTo(Map.of("holdfast.cluster.pinned", "United Kingdom=0;Germany=1"));
  }

  @Test
  void shouldRefuseOptionsItDoesNotKnow() {
    assertThatThrownBy(() -> NodeArguments.parse("--confg", "x"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--confg")
        .hasMessageEndingWith("see --help");
    assertThatThrownBy(() -> NodeArguments.parse("--set", "novalue"))
        .isInstanceOf(ConfigException.class);
  }

  private int run(String... commandLine) {
    return command.run(commandLine, ENVIRONMENT, started::add);
  }
}
