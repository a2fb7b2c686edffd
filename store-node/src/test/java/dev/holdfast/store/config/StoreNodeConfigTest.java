package dev.holdfast.store.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.config.ByteSize;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.NodeArguments;
import dev.holdfast.common.config.PinnedStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreNodeConfigTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "holdfast.node.id", "node-b",
          "holdfast.node.data-dir", "run/node-b",
          "holdfast.cluster.id", "test",
          "holdfast.cluster.nodes", "node-a=h:7101/h:7201,node-b=h:7102/h:7202",
          "holdfast.http.port", "7302");

  /** A value other than the default for every key that has one. */
  private static final Map<String, String> OPTIONAL =
      Map.ofEntries(
          Map.entry("holdfast.node.native-dir", "/opt/native"),
          Map.entry("holdfast.cluster.partitions", "6"),
          Map.entry("holdfast.cluster.pinned", "United Kingdom=5"),
          Map.entry("holdfast.grpc.host", "0.0.0.0"),
          Map.entry("holdfast.http.host", "::"),
          Map.entry("holdfast.commit.queue-commands-max", "511"),
          Map.entry("holdfast.commit.queue-bytes-max", "12KiB"),
          Map.entry("holdfast.commit.batch-commands-max", "9"),
          Map.entry("holdfast.commit.batch-bytes-max", "8192"),
          Map.entry("holdfast.commit.batches-in-flight-max", "2"),
          Map.entry("holdfast.receipts.retention", "1h"),
          Map.entry("holdfast.receipts.count-max", "13"),
          Map.entry("holdfast.reservations.ttl", "3h"),
          Map.entry("holdfast.reservations.life-max", "4h"),
          Map.entry("holdfast.events.retention", "2h"),
          Map.entry("holdfast.events.bytes-max", "14MiB"),
          Map.entry("holdfast.watch.watchers-max", "23"),
          Map.entry("holdfast.digest.every-events", "20"),
          Map.entry("holdfast.digest.quiet", "21s"),
          Map.entry("holdfast.clock.tolerance", "24s"),
          Map.entry("holdfast.locks.enabled", "false"),
          Map.entry("holdfast.locks.ttl", "4s"),
          Map.entry("holdfast.locks.renew", "3s"),
          Map.entry("holdfast.locks.reject-status", "429"),
          Map.entry("holdfast.locks.retry-after", "7ms"),
          Map.entry("holdfast.locks.max", "23"),
          Map.entry("holdfast.snapshot.every-events", "15"),
          Map.entry("holdfast.snapshot.interval", "16s"),
          Map.entry("holdfast.snapshot.spacing", "22s"),
          Map.entry("holdfast.encryption.enabled", "true"),
          Map.entry("holdfast.encryption.vault-key", "https://v:8200/v1/transit/keys/hf"),
          Map.entry("holdfast.encryption.vault-token", "keys/token"),
          Map.entry("holdfast.encryption.data-key-age", "25h"),
          Map.entry("holdfast.raft.election-timeout", "300ms"),
          Map.entry("holdfast.raft.host", "0.0.0.0"),
          Map.entry("holdfast.cluster.bootstrap", "true"),
          Map.entry("holdfast.storage.block-cache-bytes", "17MiB"),
          Map.entry("holdfast.storage.memtable-bytes", "18MiB"),
          Map.entry("holdfast.storage.free-bytes-min", "19MiB"));

  @Test
  void shouldFillInDefaults() {
    StoreNodeConfig config = load(Map.of());

    assertThat(config.cluster().partitions()).isEqualTo(3);
    assertThat(config.cluster().pinned()).isEqualTo(PinnedStores.NONE);
    assertThat(config.grpc().host()).isEqualTo("127.0.0.1");
    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.commit().queueCommandsMax()).isEqualTo(20_000);
    assertThat(config.commit().queueBytesMax().bytes()).isEqualTo(16_777_216);
    assertThat(config.commit().batchCommandsMax()).isEqualTo(2_000);
    assertThat(config.commit().batchBytesMax().bytes()).isEqualTo(262_144);
    assertThat(config.commit().batchesInFlightMax()).isEqualTo(4);
    assertThat(config.receipts().retention()).isEqualTo(Duration.ofHours(24));
    assertThat(config.receipts().countMax()).isEqualTo(10_000_000);
    assertThat(config.reservations().ttl()).isEqualTo(Duration.ofHours(1));
    assertThat(config.reservations().lifeMax()).isEqualTo(Duration.ofDays(30));
    assertThat(config.events().retention()).isEqualTo(Duration.ofDays(7));
    assertThat(config.events().bytesMax()).isEqualTo(ByteSize.parse("8GiB"));
    assertThat(config.watch().watchersMax()).isEqualTo(100);
    assertThat(config.digest().everyEvents()).isEqualTo(1_000);
    assertThat(config.digest().quiet()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.clock().tolerance()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.locks().enabled()).isTrue();
    assertThat(config.locks().ttl()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.locks().renew()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.locks().rejectStatus()).isEqualTo(503);
    assertThat(config.locks().retryAfter()).isEqualTo(Duration.ofMillis(300));
    assertThat(config.locks().max()).isEqualTo(10_000);
    assertThat(config.snapshot().everyEvents()).isEqualTo(100_000);
    assertThat(config.snapshot().spacing()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.snapshot().interval()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.encryption().enabled()).isFalse();
    assertThat(config.encryption().keyset()).isEqualTo(Path.of(""));
    assertThat(config.encryption().dataKeyAge()).isEqualTo(Duration.ofDays(7));
    assertThat(config.raft().electionTimeout()).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.raft().host()).isEqualTo("auto");
    assertThat(config.cluster().bootstrap()).isFalse();
    assertThat(config.storage().blockCacheBytes()).isEqualTo(ByteSize.parse("96MiB"));
    assertThat(config.storage().memtableBytes()).isEqualTo(ByteSize.parse("64MiB"));
    assertThat(config.storage().freeBytesMin()).isEqualTo(ByteSize.parse("256MiB"));
  }

  @Test
  void shouldMapEveryKey() {
    StoreNodeConfig config = load(OPTIONAL);

    assertThat(config.node().id()).isEqualTo("node-b");
    assertThat(config.node().dataDir()).isEqualTo(Path.of("run/node-b"));
    assertThat(config.cluster().id()).isEqualTo("test");
    assertThat(config.cluster().nodes().ids()).containsExactly("node-a", "node-b");
    assertThat(config.cluster().partitions()).isEqualTo(6);
    assertThat(config.cluster().pinned().partitions()).containsEntry("United Kingdom", 5);
    assertThat(config.grpc().host()).isEqualTo("0.0.0.0");
    assertThat(config.http().host()).isEqualTo("::");
    assertThat(config.http().port()).isEqualTo(7302);
    assertThat(config.commit().queueCommandsMax()).isEqualTo(511);
    assertThat(config.commit().queueBytesMax()).isEqualTo(ByteSize.parse("12KiB"));
    assertThat(config.commit().batchCommandsMax()).isEqualTo(9);
    assertThat(config.commit().batchBytesMax()).isEqualTo(ByteSize.parse("8KiB"));
    assertThat(config.commit().batchesInFlightMax()).isEqualTo(2);
    assertThat(config.receipts().retention()).isEqualTo(Duration.ofHours(1));
    assertThat(config.receipts().countMax()).isEqualTo(13);
    assertThat(config.reservations().ttl()).isEqualTo(Duration.ofHours(3));
    assertThat(config.reservations().lifeMax()).isEqualTo(Duration.ofHours(4));
    assertThat(config.events().retention()).isEqualTo(Duration.ofHours(2));
    assertThat(config.events().bytesMax()).isEqualTo(ByteSize.parse("14MiB"));
    assertThat(config.watch().watchersMax()).isEqualTo(23);
    assertThat(config.digest().everyEvents()).isEqualTo(20);
    assertThat(config.digest().quiet()).isEqualTo(Duration.ofSeconds(21));
    assertThat(config.clock().tolerance()).isEqualTo(Duration.ofSeconds(24));
    assertThat(config.locks().enabled()).isFalse();
    assertThat(config.locks().ttl()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.locks().renew()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.locks().rejectStatus()).isEqualTo(429);
    assertThat(config.locks().retryAfter()).isEqualTo(Duration.ofMillis(7));
    assertThat(config.locks().max()).isEqualTo(23);
    assertThat(config.snapshot().everyEvents()).isEqualTo(15);
    assertThat(config.snapshot().spacing()).isEqualTo(Duration.ofSeconds(22));
    assertThat(config.snapshot().interval()).isEqualTo(Duration.ofSeconds(16));
    assertThat(config.encryption().enabled()).isTrue();
    assertThat(config.encryption().vaultKey()).isEqualTo("https://v:8200/v1/transit/keys/hf");
    assertThat(config.encryption().vaultToken()).isEqualTo(Path.of("keys/token"));
    assertThat(load(Map.of("holdfast.encryption.keyset", "keys/keyset.json")).encryption().keyset())
        .isEqualTo(Path.of("keys/keyset.json"));
    assertThat(config.encryption().dataKeyAge()).isEqualTo(Duration.ofHours(25));
    assertThat(config.raft().electionTimeout()).isEqualTo(Duration.ofMillis(300));
    assertThat(config.raft().host()).isEqualTo("0.0.0.0");
    assertThat(config.cluster().bootstrap()).isTrue();
    assertThat(config.storage().blockCacheBytes()).isEqualTo(ByteSize.parse("17MiB"));
    assertThat(config.storage().memtableBytes()).isEqualTo(ByteSize.parse("18MiB"));
    assertThat(config.storage().freeBytesMin()).isEqualTo(ByteSize.parse("19MiB"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          holdfast.node.id                   | node-x | must be one of the nodes in holdfast.cluster.nodes: node-a, node-b
          holdfast.cluster.partitions        | 0      | must be 1 to 64
          holdfast.cluster.partitions        | 65     | must be 1 to 64
          holdfast.cluster.pinned            | X=3    | puts store 'X' in partition 3; there are 0 to 2
          holdfast.commit.batch-commands-max | 20001  | must not be above holdfast.commit.queue-commands-max
          holdfast.commit.queue-commands-max | 499    | must be at least 500
          holdfast.commit.queue-bytes-max    | 200KiB | must not be above holdfast.commit.queue-bytes-max
          holdfast.encryption.enabled        | true   | needs master keys: holdfast.encryption.keyset, or
          holdfast.encryption.vault-key      | https://v/keys/k | and holdfast.encryption.vault-token set
          holdfast.encryption.keyset         | run/node-b/k/../keyset.json | lies in holdfast.node.data-dir
          holdfast.reservations.ttl          | 31d    | must not be above holdfast.reservations.life-max
          holdfast.receipts.retention        | 8d     | must not be above holdfast.events.retention
          """)
  void shouldCheckWhatMustHoldBetweenKeys(String key, String value, String problem) {
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
        "holdfast.http.port"
      })
  void shouldInsistOnWhatHasNoDefault(String key) {
    Map<String, String> settings = new HashMap<>(REQUIRED);
    settings.remove(key);

    assertThatThrownBy(() -> StoreNodeConfig.loader().load(arguments(settings), Map.of()))
        .hasMessageStartingWith(key + " is not set");
  }

  @Test
  void shouldRefuseUnknownKeys() {
    assertThatThrownBy(() -> load(Map.of("holdfast.commit.batch-max", "1")))
        .hasMessageStartingWith("holdfast.commit.batch-max (--set) is not known");
  }

  @Test
  void shouldKnowEveryKeyThatTheHelpLists() {
    Set<String> tested = new TreeSet<>(REQUIRED.keySet());
    tested.addAll(OPTIONAL.keySet());
    tested.add("holdfast.encryption.keyset"); // not beside the other place for keys

    assertThat(StoreNodeConfig.loader().help().lines().filter(line -> line.startsWith("  holdf")))
        .extracting(line -> line.trim().split(" ", 2)[0])
        .containsExactlyElementsOf(tested);
  }

  private static StoreNodeConfig load(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(REQUIRED);
    settings.putAll(more);
    return StoreNodeConfig.loader().load(arguments(settings), Map.of());
  }

  private static NodeArguments arguments(Map<String, String> settings) {
    return new NodeArguments(Optional.empty(), settings, false, false);
  }
}
