package dev.holdfast.aggregator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.NodeArguments;
import dev.holdfast.common.config.SecurityMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AggregatorNodeConfigTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "holdfast.node.id", "aggregator",
          "holdfast.node.data-dir", "run/aggregator",
          "holdfast.cluster.id", "test",
          "holdfast.cluster.nodes", "node-a=h:7101/h:7201,node-b=h:7102/h:7202",
          "holdfast.grpc.port", "7111",
          "holdfast.http.port", "7311");

  @Test
  void shouldFillInDefaults() {
    AggregatorNodeConfig config = load(Map.of());

    assertThat(config.grpc().host()).isEqualTo("127.0.0.1");
    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.deadLetters().max()).isEqualTo(10_000);
    assertThat(config.deadLetters().discardedMax()).isEqualTo(10_000);
    assertThat(config.history().enabled()).isTrue();
    assertThat(config.history().retention()).isEqualTo(Duration.ofDays(30));
    assertThat(config.encryption().enabled()).isFalse();
  }

  @Test
  void shouldBeSecureUnlessToldOtherwise() {
    Map<String, String> settings = new HashMap<>(REQUIRED);
    settings.put("holdfast.security.certificate", "aggregator.pem");
    settings.put("holdfast.security.key", "aggregator.key");
    settings.put("holdfast.security.authorities", "authorities.pem");

    AggregatorNodeConfig config = AggregatorNodeConfig.loader().load(arguments(settings), Map.of());

    assertThat(config.security().mode()).isEqualTo(SecurityMode.TLS);
    assertThat(load(Map.of()).security().mode()).isEqualTo(SecurityMode.OFF);
  }

  @Test
  void shouldMapEveryKey() {
    AggregatorNodeConfig config =
        load(
            Map.of(
                "holdfast.grpc.host", "0.0.0.0",
                "holdfast.http.host", "::",
                "holdfast.security.open-to-network", "true",
                "holdfast.dead-letters.max", "7",
                "holdfast.dead-letters.discarded-max", "0",
                "holdfast.history.enabled", "false",
                "holdfast.history.bytes-max", "2GiB",
                "holdfast.history.retention", "5d",
                "holdfast.encryption.enabled", "true",
                "holdfast.encryption.keyset", "keys/keyset.json"));

    assertThat(config.node().id()).isEqualTo("aggregator");
    assertThat(config.node().dataDir()).isEqualTo(Path.of("run/aggregator"));
    assertThat(config.cluster().id()).isEqualTo("test");
    assertThat(config.cluster().nodes().ids()).containsExactly("node-a", "node-b");
    assertThat(config.grpc().host()).isEqualTo("0.0.0.0");
    assertThat(config.grpc().port()).isEqualTo(7111);
    assertThat(config.http().host()).isEqualTo("::");
    assertThat(config.http().port()).isEqualTo(7311);
    assertThat(config.deadLetters().max()).isEqualTo(7);
    assertThat(config.deadLetters().discardedMax()).isZero();
    assertThat(config.history().enabled()).isFalse();
    assertThat(config.history().retention()).isEqualTo(Duration.ofDays(5));
    assertThat(config.encryption().enabled()).isTrue();
    assertThat(config.encryption().keyset()).isEqualTo(Path.of("keys/keyset.json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          holdfast.node.id   | node-a | is the name of a store node
          holdfast.http.port | 7111   | holdfast.grpc.port and holdfast.http.port are both 7111
          holdfast.grpc.port | 65536  | must be 0 to 65535
          holdfast.dead-letters.max | 0 | must be 1 to 1000000
          holdfast.encryption.enabled | true | needs master keys: holdfast.encryption.keyset, or
          holdfast.grpc.prt  | 1      | did you mean holdfast.grpc.port?
          holdfast.grpc.host | ::     | holdfast.grpc.host = '::' is not a loopback address
          holdfast.http.host | shop   | holdfast.http.host = 'shop' is not a loopback address
          holdfast.security.mode | tls | or, on a laptop, set holdfast.security.mode=off
          """)
  void shouldRefuseWhatCanNotWork(String key, String value, String problem) {
    assertThatThrownBy(() -> load(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "holdfast.node.id",
        "holdfast.node.data-dir",
        "holdfast.cluster.id",
        "holdfast.cluster.nodes",
        "holdfast.grpc.port",
        "holdfast.http.port"
      })
  void shouldInsistOnWhatHasNoDefault(String key) {
    Map<String, String> settings = new HashMap<>(REQUIRED);
    settings.remove(key);

    assertThatThrownBy(() -> AggregatorNodeConfig.loader().load(arguments(settings), Map.of()))
        .hasMessageStartingWith(key + " is not set");
  }

  @Test
  void shouldLetPortsBeChosenFreely() {
    AggregatorNodeConfig config =
        load(Map.of("holdfast.grpc.port", "0", "holdfast.http.port", "0"));

    assertThat(config.grpc().port()).isZero();
  }

  /** In the clear, unless {@code more} says otherwise. */
  private static AggregatorNodeConfig load(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(REQUIRED);
    settings.put("holdfast.security.mode", "off");
    settings.putAll(more);
    return AggregatorNodeConfig.loader().load(arguments(settings), Map.of());
  }

  private static NodeArguments arguments(Map<String, String> settings) {
    return new NodeArguments(Optional.empty(), settings, false, false);
  }
}
