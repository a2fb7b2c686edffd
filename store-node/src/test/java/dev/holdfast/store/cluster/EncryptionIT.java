package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.crypt.Keyset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encryption that is switched on node by node, and keys that change or are missing. */
final class EncryptionIT {
  private static final int EVERY = 60;
  private static final String SKU = "sku";

  @TempDir private Path directory;
  @TempDir private Path elsewhere;
  private Path keyset;
  private TestCluster cluster;

  @BeforeEach
  void make() throws IOException {
    keyset = elsewhere.resolve("keyset.json");
    Keyset.create(new SecureRandom()).write(keyset);
    cluster =
        TestCluster.in(
            directory,
            Map.of(
                "encryption.keyset", keyset.toString(),
                "snapshot.every-events", Integer.toString(EVERY)));
  }

  private void start(boolean encrypted) {
    cluster.nodes().forEach(node -> node.with("encryption.enabled", Boolean.toString(encrypted)));
    cluster.start();
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      cluster.node(0).call().create(store(partition), SKU, 1_000_000);
    }
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private void move(int times) {
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      cluster.move(store(partition), SKU, times);
    }
  }

  private void assertEqual() {
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      cluster.awaitEqualReplicas(partition);
      for (TestNode node : cluster.nodes()) {
        int each = partition;
        patiently().until(() -> node.replica(each).awaited() == null); // it has its seat again
        assertThat(node.replica(partition).fault()).as(node.id).isNull();
      }
    }
  }

  private static Path keys(TestNode node) throws IOException {
    Path state = node.dataDir().resolve("partition-0").resolve("state");
    return state.resolve(Files.readString(state.resolve("CURRENT")).strip()).resolve("keys.json");
  }

  @Test
  void shouldBeSwitchedOnNodeByNode() throws Exception {
    start(false);
    move(3 * EVERY);

    for (TestNode node : cluster.nodes()) {
      assertThat(keys(node)).doesNotExist();
      node.stop();
      cluster.awaitLeaders();
      node.with("encryption.enabled", "true").start();
      move(EVERY);
      assertEqual();
      assertThat(keys(node)).exists();
    }
  }

  /** Each way: a snapshot of a node that encrypts to one that does not, and back. */
  @Test
  void shouldComeBackFromSnapshotsOfPeersThatDoNotAsItDoes() throws Exception {
    start(false);
    move(3 * EVERY);
    TestNode first = cluster.node(0);
    first.stop();
    DiskFaults.delete(first.dataDir());
    cluster.awaitLeaders();

    first.with("encryption.enabled", "true").start();

    assertEqual();
    assertThat(keys(first)).exists();
    for (TestNode node : cluster.nodes().subList(1, 3)) {
      node.stop();
      cluster.awaitLeaders();
      node.with("encryption.enabled", "true").start();
      assertEqual();
    }
    move(3 * EVERY);
    first.stop();
    DiskFaults.delete(first.dataDir());
    cluster.awaitLeaders();
    first.with("encryption.enabled", "false").start();
    assertEqual();
    assertThat(keys(first)).doesNotExist();
  }

  @Test
  void shouldRotateTheMasterKeyWhileItIsWrittenTo() throws Exception {
    start(true);
    Keyset rotated = Keyset.read(keyset).rotated(new SecureRandom());

    rotated.write(keyset);

    patiently()
        .until(
            () -> {
              move(10);
              for (TestNode node : cluster.nodes()) {
                if (!Files.readString(keys(node)).contains(rotated.primary())) {
                  return false;
                }
              }
              return true;
            });
    assertEqual();
    Map<String, byte[]> only = Map.of(rotated.primary(), rotated.keys().get(rotated.primary()));
    move(4 * EVERY); // snapshots that the old key wrapped are gone then
    assertEqual();
    cluster.nodes().forEach(TestNode::stop);
    new Keyset(rotated.primary(), only).write(keyset);
    cluster.start();
    assertEqual();
  }

  @Test
  void shouldSayInOneLineWhyItCannotStart() throws Exception {
    start(true);
    move(10);
    TestNode node = cluster.node(1);
    node.stop();

    node.with("encryption.enabled", "false");
    assertThatThrownBy(node::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("\n")
        .hasMessageContaining(node.dataDir().toString())
        .hasMessageContaining("holdfast.encryption.enabled is false; set it to true");
    node.with("encryption.enabled", "true");
    Path other = elsewhere.resolve("other.json");
    node.with("encryption.keyset", other.toString());
    assertThatThrownBy(node::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("\n")
        .hasMessageContaining("there is no keyset " + other);
    Keyset.create(new SecureRandom()).write(other);
    assertThatThrownBy(node::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("\n")
        .hasMessageContaining("keys.json")
        .hasMessageContaining("does not hold the master key");
    node.with("encryption.keyset", keyset.toString()).start();
    assertEqual();
  }

  @Test
  void shouldSealWithAnotherKeyAfterEachStart() throws Exception {
    start(true);
    TestNode node = cluster.node(0);
    List<String> before = Files.readAllLines(keys(node));

    node.stop();
    node.start();

    assertThat(Files.readAllLines(keys(node))).isNotEqualTo(before);
    move(EVERY);
    assertEqual();
  }
}
