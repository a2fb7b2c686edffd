package dev.holdfast.store.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.config.ByteSize;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.NodeArguments;
import dev.holdfast.common.config.PinnedStores;
import dev.holdfast.common.config.SecurityMode;
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
          "holdfast.cluster.nodes", "node-a=h:7101/h:7201,node-b=h:7102/127.0.0.1:7202",
          "holdfast.http.port", "7302");

  /** A value other than the default for every key that has one. */
  private static final Map<String, String> OPTIONAL =
      Map.ofEntries(
          Map.entry("holdfast.node.native-dir", "/opt/native"),
          Map.entry("holdfast.cluster.partitions", "6"),
          Map.entry("holdfast.cluster.pinned", "United Kingdom=5"),
          Map.entry("holdfast.grpc.host", "0.0.0.0"),
          Map.entry("holdfast.http.host", "::"),
          Map.entry("holdfast.security.mode", "tls"),
          Map.entry("holdfast.security.cluster", "shop"),
          Map.entry("holdfast.security.certificate", "node-b.pem"),
          Map.entry("holdfast.security.key", "node-b.key"),
          Map.entry("holdfast.security.authorities", "authorities.pem"),
          Map.entry("holdfast.security.revoked", "revoked.pem"),
          Map.entry("holdfast.security.access", "access.yaml"),
          Map.entry("holdfast.security.connections-per-address-max", "25"),
          Map.entry("holdfast.security.open-to-network", "true"),
          Map.entry("holdfast.security.tokens.keys", "https://id.example.com/keys"),
          Map.entry("holdfast.security.tokens.issuer", "https://id.example.com"),
          Map.entry("holdfast.security.tokens.audience", "stock"),
          Map.entry("holdfast.security.tokens.roles-claim", "roles"),
          Map.entry("holdfast.security.tokens.leeway", "5s"),
          Map.entry("holdfast.security.tokens.keys-refresh", "1m"),
          Map.entry("holdfast.security.tokens.keys-age-max", "2h"),
          Map.entry("holdfast.security.tokens.cache-max", "500"),
          Map.entry("holdfast.audit.dir", "/var/log/holdfast"),
          Map.entry("holdfast.audit.file-bytes", "1MiB"),
          Map.entry("holdfast.audit.file-age", "2d"),
          Map.entry("holdfast.audit.files-max", "30"),
          Map.entry("holdfast.audit.bytes-max", "25MiB"),
          Map.entry("holdfast.audit.refusals-per-second", "26"),
          Map.entry("holdfast.audit.actions-per-second", "27"),
          Map.entry("holdfast.audit.queue-max", "280"),
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
    assertThat(config.security().cluster()).isEqualTo("holdfast");
    assertThat(config.security().certificate()).isEqualTo(Path.of(""));
    assertThat(config.security().key()).isEqualTo(Path.of(""));
    assertThat(config.security().authorities()).isEqualTo(Path.of(""));
    assertThat(config.security().revoked()).isEqualTo(Path.of(""));
    assertThat(config.security().connectionsPerAddressMax()).isEqualTo(1_000);
    assertThat(config.security().openToNetwork()).isFalse();
    assertThat(config.security().tokens().keys()).isEmpty();
    assertThat(config.security().tokens().issuer()).isEmpty();
    assertThat(config.security().tokens().audience()).isEqualTo("holdfast");
    assertThat(config.security().tokens().rolesClaim()).isEqualTo("holdfast_roles");
    assertThat(config.security().tokens().leeway()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.security().tokens().keysRefresh()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.security().tokens().keysAgeMax()).isEqualTo(Duration.ofHours(24));
    assertThat(config.security().tokens().cacheMax()).isEqualTo(10_000);
    assertThat(config.audit().dir()).isEqualTo(Path.of("audit"));
    assertThat(config.audit().fileBytes()).isEqualTo(ByteSize.parse("16MiB"));
    assertThat(config.audit().fileAge()).isEqualTo(Duration.ofDays(1));
    assertThat(config.audit().filesMax()).isEqualTo(400);
    assertThat(config.audit().bytesMax()).isEqualTo(ByteSize.parse("1GiB"));
    assertThat(config.audit().refusalsPerSecond()).isEqualTo(10);
    assertThat(config.audit().actionsPerSecond()).isEqualTo(100);
    assertThat(config.audit().queueMax()).isEqualTo(10_000);
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
  void shouldBeSecureUnlessToldOtherwise() {
    Map<String, String> settings = tls(REQUIRED);
    settings.remove("holdfast.security.mode");

    StoreNodeConfig config = StoreNodeConfig.loader().load(arguments(settings), Map.of());

    assertThat(config.security().mode()).isEqualTo(SecurityMode.TLS);
    assertThat(load(Map.of()).security().mode()).isEqualTo(SecurityMode.OFF);
  }

  @Test
  void shouldMapEveryKeyOfSecurity() {
    StoreNodeConfig config = load(OPTIONAL);

    assertThat(config.security().mode()).isEqualTo(SecurityMode.TLS);
    assertThat(config.security().cluster()).isEqualTo("shop");
    assertThat(config.security().certificate()).isEqualTo(Path.of("node-b.pem"));
    assertThat(config.security().key()).isEqualTo(Path.of("node-b.key"));
    assertThat(config.security().authorities()).isEqualTo(Path.of("authorities.pem"));
    assertThat(config.security().revoked()).isEqualTo(Path.of("revoked.pem"));
    assertThat(config.security().access()).isEqualTo(Path.of("access.yaml"));
    assertThat(config.security().connectionsPerAddressMax()).isEqualTo(25);
    assertThat(config.security().openToNetwork()).isTrue();
    assertThat(config.security().tokens().keys()).isEqualTo("https://id.example.com/keys");
    assertThat(config.security().tokens().issuer()).isEqualTo("https://id.example.com");
    assertThat(config.security().tokens().audience()).isEqualTo("stock");
    assertThat(config.security().tokens().rolesClaim()).isEqualTo("roles");
    assertThat(config.security().tokens().leeway()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.security().tokens().keysRefresh()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.security().tokens().keysAgeMax()).isEqualTo(Duration.ofHours(2));
    assertThat(config.security().tokens().cacheMax()).isEqualTo(500);
    assertThat(config.audit().dir()).isEqualTo(Path.of("/var/log/holdfast"));
    assertThat(config.audit().fileBytes()).isEqualTo(ByteSize.parse("1MiB"));
    assertThat(config.audit().fileAge()).isEqualTo(Duration.ofDays(2));
    assertThat(config.audit().filesMax()).isEqualTo(30);
    assertThat(config.audit().bytesMax()).isEqualTo(ByteSize.parse("25MiB"));
    assertThat(config.audit().refusalsPerSecond()).isEqualTo(26);
    assertThat(config.audit().actionsPerSecond()).isEqualTo(27);
    assertThat(config.audit().queueMax()).isEqualTo(280);
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
          holdfast.audit.bytes-max           | 31MiB  | must be at least twice holdfast.audit.file-bytes
          """)
  void shouldCheckWhatMustHoldBetweenKeys(String key, String value, String problem) {
    assertThatThrownBy(() -> load(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          holdfast.grpc.host     | 0.0.0.0   | holdfast.grpc.host
          holdfast.grpc.host     | ::        | holdfast.grpc.host
          holdfast.http.host     | 10.1.2.3  | holdfast.http.host
          holdfast.http.host     | shop.test | holdfast.http.host
          holdfast.raft.host     | 0.0.0.0   | holdfast.raft.host
          holdfast.cluster.nodes | node-a=127.0.0.1:1/127.0.0.1:2,node-b=127.0.0.1:3/10.1.2.3:4 | the Raft host in holdfast.cluster.nodes
          """)
  void shouldListenToOtherMachinesWithoutTlsOnlyWhenTold(String key, String value, String named) {
    assertThatThrownBy(() -> load(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(named + " = '")
        .hasMessageContainingAll(
            "set holdfast.security.mode=tls", "127.0.0.1", "holdfast.security.open-to-network=true")
        .hasMessageNotContaining("\n");

    load(Map.of(key, value, "holdfast.security.open-to-network", "true"));
    load(tls(Map.of(key, value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "localhost"})
  void shouldListenToThisMachineWithoutTls(String host) {
    load(
        Map.of("holdfast.grpc.host", host, "holdfast.http.host", host, "holdfast.raft.host", host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"certificate", "key", "authorities"})
  void shouldNeedTheFilesOfTls(String name) {
    Map<String, String> settings = new HashMap<>(tls(Map.of()));
    settings.remove("holdfast.security." + name);

    assertThatThrownBy(() -> load(settings))
        .hasMessage(
            "holdfast.security.%s is not set: with holdfast.security.mode=tls it names a PEM file"
                .formatted(name));
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.security.mode, on, must be tls or off",
    "holdfast.security.cluster, My Shop, must be 1 to 64 of a-z 0-9 . _ -",
    "holdfast.security.connections-per-address-max, 0, must be 1 to 100000"
  })
  void shouldCheckTheKeysOfTls(String key, String value, String problem) {
    assertThatThrownBy(() -> load(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          issuer       | ''      | tokens.issuer must name the issuer
          issuer       | 'a|b'   | tokens.issuer must name the issuer
          audience     | ' '     | tokens.audience must not be empty
          roles-claim  | ''      | tokens.roles-claim must not be empty
          keys-age-max | 5m      | tokens.keys-refresh must be below holdfast.security.tokens.keys-age-max
          leeway       | 301s    | must be 0s to 5m
          keys-refresh | 9s      | must be 10s to 1d
          """)
  void shouldCheckTheKeysOfTokens(String key, String value, String problem) {
    Map<String, String> settings = new HashMap<>(tls(Map.of()));
    settings.put("holdfast.security.tokens.keys", "keys.json");
    settings.put("holdfast.security.tokens.issuer", "https://id.example.com");
    load(settings);
    settings.put("holdfast.security.tokens." + key, value);

    assertThatThrownBy(() -> load(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void shouldTakeNoTokensInTheClear() {
    assertThatThrownBy(
            () ->
                load(
                    Map.of(
                        "holdfast.security.tokens.keys",
                        "keys.json",
                        "holdfast.security.tokens.issuer",
                        "https://id.example.com")))
        .hasMessage(
            "holdfast.security.tokens.keys needs holdfast.security.mode=tls: whoever listens could"
                + " use a token");
  }

  /** What whoever starts a node without any of it reads: what is missing, and two ways out. */
  @Test
  void shouldSayHowToStartWithoutCertificates() {
    assertThatThrownBy(() -> StoreNodeConfig.loader().load(arguments(REQUIRED), Map.of()))
        .hasMessage(
            "holdfast.security.mode is tls, but holdfast.security.certificate, .key and .authorities"
                + " are not set: name files that 'holdfast certs init' and 'holdfast certs issue'"
                + " make; or, on a laptop, set holdfast.security.mode=off: then nothing is"
                + " encrypted, and anyone may do anything");
  }

  private static Map<String, String> tls(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("holdfast.security.mode", "tls");
    settings.put("holdfast.security.certificate", "node-b.pem");
    settings.put("holdfast.security.key", "node-b.key");
    settings.put("holdfast.security.authorities", "authorities.pem");
    return settings;
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

  /** In the clear, unless {@code more} says otherwise. */
  private static StoreNodeConfig load(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(REQUIRED);
    settings.put("holdfast.security.mode", "off");
    settings.putAll(more);
    return StoreNodeConfig.loader().load(arguments(settings), Map.of());
  }

  private static NodeArguments arguments(Map<String, String> settings) {
    return new NodeArguments(Optional.empty(), settings, false, false);
  }
}
