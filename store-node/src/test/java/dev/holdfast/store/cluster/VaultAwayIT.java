package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.crypt.TransitServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key management service that does not answer while a replica gets a snapshot of a peer. */
final class VaultAwayIT {
  private static final int EVERY = 100;
  private static final String SKU = "sku";
  private static final Pattern SECRET = Pattern.compile("\"secret\" : \"([^\"]+)\"");

  private TransitServer vault;
  private TestCluster cluster;

  @BeforeEach
  void start(@TempDir Path directory, @TempDir Path secrets) throws IOException {
    vault = new TransitServer();
    Path token = Files.writeString(secrets.resolve("token"), TransitServer.TOKEN);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    cluster =
        TestCluster.started(
            directory,
            Map.of(
                "snapshot.every-events", Integer.toString(EVERY),
                "encryption.enabled", "true",
                "encryption.keyset", "",
                "encryption.vault-key", vault.key().toString(),
                "encryption.vault-token", token.toString()));
    cluster.node(0).call().create(store(0), SKU, 1_000_000);
  }

  @AfterEach
  void stop() {
    cluster.close();
    vault.close();
  }

  @Test
  void shouldPutASnapshotInPlaceOnceTheVaultAnswers() throws IOException {
    TestNode late = cluster.node(1);
    late.stop();
    cluster.awaitLeaders();
    fillUntilLogIsTruncated();
    Set<String> own = secretsIn(late.dataDir());
    assertThat(own).isNotEmpty();
    vault.hangFor(ciphertext -> !ciphertext.isEmpty() && !own.contains(ciphertext));

    late.start();

    patiently().until(() -> vault.hung() > 1); // the leader tries again
    assertThat(late.replica(0).fault()).isNull();
    vault.hangFor(ciphertext -> false);
    cluster.awaitEqualReplicas(0);
    assertThat(late.replica(0).fault()).isNull();
    assertThat(Files.readString(late.dataDir().resolve("partition-0/state/CURRENT")).strip())
        .as("state from a snapshot")
        .isNotEqualTo("db-0");
  }

  /** What the vault is asked about keys that lie in a directory. */
  private static Set<String> secretsIn(Path directory) throws IOException {
    Set<String> secrets = new HashSet<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(each -> each.endsWith("keys.json")).toList()) {
        Matcher found = SECRET.matcher(Files.readString(file));
        assertThat(found.find()).as("a secret in %s", file).isTrue();
        byte[] ciphertext = Base64.getDecoder().decode(found.group(1));
        secrets.add(new String(ciphertext, StandardCharsets.UTF_8));
      }
    }
    return secrets;
  }

  /** Two snapshots: JRaft keeps the log behind the last but one. */
  private void fillUntilLogIsTruncated() {
    for (int i = 0; i < 2; i++) {
      long before = newestSnapshot();
      cluster.move(store(0), SKU, EVERY + 10);
      patiently().until(() -> newestSnapshot() > before);
    }
  }

  /** Of the running node where it is the oldest. */
  private long newestSnapshot() {
    return cluster.nodes().stream()
        .filter(TestNode::isRunning)
        .mapToLong(node -> node.replica(0).raft().snapshotIndex())
        .min()
        .orElseThrow();
  }
}
