package dev.holdfast.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigLoaderTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "holdfast.node.id",
          "node-a",
          "holdfast.node.data-dir",
          "data",
          "holdfast.http.port",
          "0");

  @TempDir private Path directory;

  private final ConfigLoader<SampleConfig> loader =
      new ConfigLoader<>(SampleConfig.class, (config, problems) -> {});

  @Test
  void shouldFillInDefaults() {
    SampleConfig config = loader.load(settings(Map.of()), Map.of());

    assertThat(config.node().id()).isEqualTo("node-a");
    assertThat(config.node().dataDir()).isEqualTo(Path.of("data"));
    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.limits().countMax()).isEqualTo(10);
    assertThat(config.limits().bytesMax()).isEqualTo(new ByteSize(16 << 20));
    assertThat(config.limits().waitMax()).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.limits().pinned()).isEqualTo(PinnedStores.NONE);
    assertThat(config.limits().nodes().ids()).containsExactly("node-a");
  }

  @Test
  void shouldLetTheCommandLineBeatTheEnvironmentBeatTheFile() throws IOException {
    Path file =
        write(
            "node.properties",
            """
            holdfast.node.id=of-file
            holdfast.http.host=of-file
            holdfast.limits.count-max=7
            holdfast.node.data-dir=data
            holdfast.http.port=0
            """);
    Map<String, String> environment =
        Map.of("HOLDFAST_NODE_ID", "of-environment", "HOLDFAST_HTTP_HOST", "of-environment");
    NodeArguments arguments =
        NodeArguments.parse("--config", file.toString(), "--set", "holdfast.node.id=of-set");

    SampleConfig config = loader.load(arguments, environment);

    assertThat(config.node().id()).isEqualTo("of-set");
    assertThat(config.http().host()).isEqualTo("of-environment");
    assertThat(config.limits().countMax()).isEqualTo(7);
  }

  @Test
  void shouldReadYaml() throws IOException {
    Path file =
        write(
            "node.yaml",
            """
            holdfast:
              node:
                id: node-b
                data-dir: /var/lib/holdfast
              http.port: 7301
              limits:
                bytes-max: 64KiB
                wait-max: 2h
                pinned: United Kingdom=0;Germany=1
                nodes:
                  - node-a=a:1/a:2
                  - node-b=b:1/b:2
            """);

    SampleConfig config = loader.load(fileOnly(file), Map.of());

    assertThat(config.node().id()).isEqualTo("node-b");
    assertThat(config.http().port()).isEqualTo(7301);
    assertThat(config.limits().bytesMax()).isEqualTo(new ByteSize(65536));
    assertThat(config.limits().waitMax()).isEqualTo(Duration.ofHours(2));
    assertThat(config.limits().pinned().partitions())
        .isEqualTo(Map.of("United Kingdom", 0, "Germany", 1));
    assertThat(config.limits().nodes().ids()).containsExactly("node-a", "node-b");
  }

  @Test
  void shouldReadEveryKeyFromTheEnvironment() {
    Map<String, String> environment =
        Map.of(
            "HOLDFAST_NODE_ID", "node-c",
            "HOLDFAST_NODE_DATA_DIR", "elsewhere",
            "HOLDFAST_HTTP_PORT", "7303",
            "HOLDFAST_LIMITS_COUNT_MAX", "3",
            "HOLDFAST_LIMITS_PINNED", "");

    SampleConfig config = loader.load(NodeArguments.NONE, environment);

    assertThat(config.node().id()).isEqualTo("node-c");
    assertThat(config.node().dataDir()).isEqualTo(Path.of("elsewhere"));
    assertThat(config.http().port()).isEqualTo(7303);
    assertThat(config.limits().countMax()).isEqualTo(3);
    assertThat(config.limits().pinned()).isEqualTo(PinnedStores.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.node.idd, holdfast.node.id",
    "holdfast.limits.max-count, holdfast.limits.count-max",
    "node.data-dir, holdfast.node.data-dir"
  })
  void shouldNameUnknownKeysAndTheNearestKnown(String unknown, String nearest) {
    assertThatThrownBy(() -> loader.load(settings(Map.of(unknown, "1")), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("%s (--set) is not known; did you mean %s?", unknown, nearest);
  }

  @Test
  void shouldRefuseUnknownKeysOfAFile() throws IOException {
    Path file =
        write(
            "node.yaml",
            """
            holdfast:
              node: {id: a, data-dir: b, nmae: c}
              http: {port: 0}
            """);

    assertThatThrownBy(() -> loader.load(fileOnly(file), Map.of()))
        .hasMessageStartingWith("holdfast.node.nmae (" + file + ") is not known");
  }

  @Test
  void shouldRefuseUnknownEnvironmentVariables() {
    Map<String, String> environment = Map.of("HOLDFAST_NODE_NAME", "x", "HOLDFASTER", "y");

    assertThatThrownBy(() -> loader.load(settings(Map.of()), environment))
        .hasMessage(
            "environment variable HOLDFAST_NODE_NAME is not known; did you mean HOLDFAST_NODE_ID?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HOLDFAST_LOG_FORMAT",
        "HOLDFAST_LOG_LEVEL",
        "HOLDFAST_ENDPOINT",
        "HOLDFAST_ENDPOINTS",
        "HOLDFAST_AGGREGATOR",
        "HOLDFAST_CLUSTER_DIR",
        "HOLDFAST_DATA",
        "HOLDFAST_JAVA_OPTS",
        "HOLDFAST_STATE_DIR",
        "HOLDFAST_TOKEN"
      })
  void shouldLeaveOthersTheirVariables(String variable) {
    assertThat(loader.load(settings(Map.of()), Map.of(variable, "x"))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          holdfast.limits.count-max | many        | must be a whole number
          holdfast.limits.count-max | 0           | must be 1 to 100
          holdfast.limits.count-max | 101         | must be 1 to 100
          holdfast.http.port        | 65536       | must be 0 to 65535
          holdfast.limits.bytes-max | 16 megs     | must be a size such as 64MiB, 8GiB or 65536
          holdfast.limits.bytes-max | 2GiB        | must be 1KiB to 1GiB
          holdfast.limits.wait-max  | 5           | must be a duration such as 1500ms, 30s, 10m, 24h or 7d
          holdfast.limits.wait-max  | 2d          | must be 1ms to 1d
          holdfast.limits.pinned    | Germany     | must be a list of store=partition with ';' between
          """)
  void shouldSayWhatAValueMustBe(String key, String value, String rule) {
    assertThatThrownBy(() -> loader.load(settings(Map.of(key, value)), Map.of()))
        .hasMessage("%s = '%s' (--set): %s", key, value, rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "100"})
  void shouldAcceptTheBoundsThemselves(String value) {
    NodeArguments arguments = settings(Map.of("holdfast.limits.count-max", value));

    assertThat(loader.load(arguments, Map.of()).limits().countMax())
        .isEqualTo(Long.parseLong(value));
  }

  /**
   * For Services called holdfast, holdfast-http and holdfast-node: no key of ours, and no mistake.
   */
  @Test
  void shouldLeaveKubernetesItsServiceVariables() {
    Map<String, String> environment = new HashMap<>();
    for (String service : List.of("HOLDFAST", "HOLDFAST_HTTP", "HOLDFAST_NODE")) {
      environment.put(service + "_SERVICE_HOST", "10.0.0.7");
      environment.put(service + "_SERVICE_PORT", "7101");
      environment.put(service + "_SERVICE_PORT_GRPC", "7101");
      environment.put(service + "_PORT", "tcp://10.0.0.7:7101");
      environment.put(service + "_PORT_7101_TCP", "tcp://10.0.0.7:7101");
      environment.put(service + "_PORT_7101_TCP_PROTO", "tcp");
      environment.put(service + "_PORT_7101_TCP_PORT", "7101");
      environment.put(service + "_PORT_7101_TCP_ADDR", "10.0.0.7");
      environment.put(service + "_PORT_53_UDP", "udp://10.0.0.7:53");
    }

    assertThat(loader.load(settings(Map.of()), environment).http().port()).isZero();
    assertThatThrownBy(() -> loader.load(NodeArguments.NONE, environment))
        .hasMessageContaining("holdfast.http.port is not set");
    assertThatThrownBy(() -> loader.load(settings(Map.of()), Map.of("HOLDFAST_PORT", "7101")))
        .hasMessageStartingWith("environment variable HOLDFAST_PORT is not known");
  }

  @Test
  void shouldRefuseWhatCouldNotBeRead() {
    Map<String, String> environment = Map.of("HOLDFAST_LIMITS_PINNED", "K\uFFFD\uFFFDse=0");

    assertThatThrownBy(() -> loader.load(settings(Map.of()), environment))
        .hasMessageStartingWith(
            "holdfast.limits.pinned = 'K\uFFFD\uFFFDse=0' (the environment): could not be read");
  }

  @Test
  void shouldReportAllProblemsAtOnce() {
    NodeArguments arguments =
        NodeArguments.parse(
            "--set", "holdfast.limits.count-max=0",
            "--set", "holdfast.nothing=1",
            "--set", "holdfast.node.id=");

    assertThatThrownBy(() -> loader.load(arguments, Map.of("HOLDFAST_HTTP_PORTS", "1")))
        .hasMessage(
            """
            holdfast.nothing (--set) is not known; did you mean holdfast.node.id?
            environment variable HOLDFAST_HTTP_PORTS is not known; did you mean HOLDFAST_HTTP_PORT?
            holdfast.http.port is not set: put it in the configuration file, in \
            HOLDFAST_HTTP_PORT, or in --set holdfast.http.port=...
            holdfast.limits.count-max = '0' (--set): must be 1 to 100
            holdfast.node.data-dir is not set: put it in the configuration file, in \
            HOLDFAST_NODE_DATA_DIR, or in --set holdfast.node.data-dir=...
            holdfast.node.id is not set: put it in the configuration file, in \
            HOLDFAST_NODE_ID, or in --set holdfast.node.id=...""");
  }

  @Test
  void shouldReportRelationsTogetherWithUnknownKeys() {
    ConfigLoader<SampleConfig> strict =
        new ConfigLoader<>(
            SampleConfig.class,
            (config, problems) ->
                problems.require(config.limits().countMax() > 10, "count-max is too small"));

    assertThatThrownBy(() -> strict.load(settings(Map.of("holdfast.http.prot", "1")), Map.of()))
        .hasMessage(
            "holdfast.http.prot (--set) is not known; did you mean holdfast.http.port?\n"
                + "count-max is too small");
  }

  @Test
  void shouldNotReadEnvironmentOrPropertiesByItself() {
    assertThatThrownBy(() -> loader.load(NodeArguments.NONE, Map.of()))
        .hasMessageContaining("holdfast.node.id is not set");
  }

  @Test
  void shouldSayWhyAFileCanNotBeRead() throws IOException {
    Path broken = write("broken.yaml", "holdfast:\n  node: [\n");
    Path odd = write("node.json", "{}");

    assertThatThrownBy(() -> loader.load(fileOnly(directory.resolve("none.yaml")), Map.of()))
        .hasMessageStartingWith("there is no configuration file");
    assertThatThrownBy(() -> loader.load(fileOnly(broken), Map.of()))
        .hasMessageStartingWith(broken + ", line 3: not YAML: ");
    assertThatThrownBy(() -> loader.load(fileOnly(odd), Map.of()))
        .hasMessageEndingWith("must end in .yaml, .yml or .properties");
  }

  @Test
  void shouldNotLetAKeyGoUnexplained() {
    assertThatThrownBy(() -> new ConfigLoader<>(Undocumented.class, (config, problems) -> {}))
        .hasMessageStartingWith("holdfast.number needs a @Doc");
  }

  @Test
  void shouldExplainEveryKeyInTheHelp() {
    assertThat(loader.help())
        .contains("holdfast.limits.count-max  (number, 1 to 100, default 10)\n      how many\n")
        .contains("holdfast.limits.pinned  (text, default empty)")
        .contains("holdfast.node.data-dir  (path, required)");
  }

  private static NodeArguments settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(REQUIRED);
    settings.putAll(more);
    return new NodeArguments(Optional.empty(), settings, false, false);
  }

  private static NodeArguments fileOnly(Path file) {
    return NodeArguments.parse("--config", file.toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  /** A key that nobody explained. */
  @ConfigMapping(prefix = "holdfast")
  public interface Undocumented {
    @WithDefault("1")
    int number();
  }
}
