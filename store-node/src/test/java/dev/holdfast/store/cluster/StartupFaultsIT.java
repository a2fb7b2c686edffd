package dev.holdfast.store.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.config.ConfigException;
import dev.holdfast.store.state.Tampering;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a node from starting is said in one line, at once, and leaves nothing behind. */
@Timeout(60)
final class StartupFaultsIT {
  private TestCluster cluster;
  private TestNode node;

  @BeforeEach
  void make(@TempDir Path directory) {
    cluster = TestCluster.in(directory, Map.of());
    node = cluster.node(0);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({
    "cluster.id, other, cluster",
    "cluster.partitions, 4, partitions",
    "cluster.pinned, Germany=1, pinned"
  })
  void shouldRefuseADataDirectoryOfAnotherCluster(String key, String value, String said) {
    node.start().stop();
    TestNode other = node.copy().with(key, value);

    assertRefused(other, said, "holdfast.node.data-dir");

    node.start();
  }

  @Test
  void shouldRefuseTheDataDirectoryOfAnotherNode() {
    node.start().stop();
    TestNode other = cluster.node(1).with("node.data-dir", node.dataDir().toString());

    assertRefused(other, "node-a", "node-b");

    node.start();
  }

  @Test
  void shouldRefuseADataDirectoryInUse() {
    node.start();
    TestNode second = cluster.node(1).with("node.data-dir", node.dataDir().toString());

    assertRefused(second, "in use", "holdfast.node.data-dir");

    assertThat(node.running().partitions().get(0).fault()).isNull();
  }

  @Test
  void shouldRefuseADataDirectoryThatIsAFile() throws IOException {
    Path file = Files.writeString(node.dataDir().resolveSibling("file"), "not a directory");

    assertRefused(node.copy().with("node.data-dir", file.toString()), file.toString());
    assertRefused(
        node.copy().with("node.data-dir", file.resolve("below").toString()), file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "raft", "http"})
  void shouldRefuseAPortInUse(String which) throws IOException {
    int port =
        switch (which) {
          case "grpc" -> node.grpcPort();
          case "raft" -> node.raftPort();
          default -> node.httpPort();
        };
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertRefused(node, Integer.toString(port), "holdfast.");
    }

    node.start(); // on all that the failed start gave back
  }

  /** Nobody but the other nodes has business there, and it is not authenticated. */
  @Test
  void shouldListenForRaftAtItsOwnAddressOnly() throws IOException {
    node.start();

    connectToRaft(1);
    assertThatThrownBy(() -> connectToRaft(2)).isInstanceOf(ConnectException.class);
  }

  @Test
  void shouldListenForRaftWhereItIsTold() throws IOException {
    node.with("raft.host", "0.0.0.0").with("security.open-to-network", "true").start();

    connectToRaft(2);
  }

  /** At the n-th address of loopback. */
  private void connectToRaft(int n) throws IOException {
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) n});
    new Socket(address, node.raftPort()).close();
  }

  @Test
  void shouldRefuseAHostThatIsNotThisMachines() {
    node.with("raft.host", "192.0.2.1").with("security.open-to-network", "true");

    assertRefused(node, "192.0.2.1", "holdfast.raft.host");
  }

  /** Wiped and configured for another layout: it must not lead partitions that others know. */
  @Test
  void shouldRefuseToRunBesideNodesOfAnotherLayout() {
    node.start();

    assertRefused(
        cluster.node(1).with("cluster.partitions", "4"), "node-a", "cluster.partitions is '4'");
    assertRefused(cluster.node(2).with("cluster.id", "other"), "node-a", "cluster.id is 'other'");
  }

  /** Whoever waits for a node takes its first answer for a start. */
  @Test
  void shouldNotAnswerAsANodeThatRunsBeforeItsStartIsOver() throws InterruptedException {
    node.start();
    TestNode refused = cluster.node(1).with("cluster.partitions", "4");
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger answers = new AtomicInteger();
    Thread asking = new Thread(() -> askUntil(over, refused, answers));
    asking.start();

    assertRefused(refused, "node-a");

    over.set(true);
    asking.join();
    assertThat(answers).hasValue(0);
  }

  /** By a new connection each time: an old one waits before it is tried again. */
  private static void askUntil(AtomicBoolean over, TestNode node, AtomicInteger answers) {
    while (!over.get()) {
      try (TestNode asked = node.copy()) {
        asked.call().within(500).nodeStatus();
        answers.incrementAndGet();
      } catch (StatusRuntimeException e) {
        assertThat(e.getStatus().getCode()).isNotEqualTo(Status.Code.OK);
      }
    }
  }

  @Test
  void shouldRefuseAStateThatIsNotADatabase() throws IOException {
    node.start().stop();
    Path state = node.dataDir().resolve("partition-1").resolve("state");
    Path current = state.resolve(Files.readString(state.resolve("CURRENT")).strip());
    Path manifest = DiskFaults.find(current, "CURRENT").get(0);
    String good = Files.readString(manifest);
    Files.writeString(manifest, "no manifest\n");

    assertRefused(node, "state");

    Files.writeString(manifest, good);
    node.start();
  }

  @Test
  void shouldKeepAStateThatANewerBuildWrote() throws IOException {
    node.start().stop();
    Tampering.raiseFormat(node.dataDir().resolve("partition-1").resolve("state"));

    assertRefused(
        node, "NEEDS_NEWER_BUILD: ", "format 4, above 3", "Install the newer build on this node");
  }

  /** Two starts: the second would trip over what the first left open. */
  private static void assertRefused(TestNode node, String... said) {
    for (int i = 0; i < 2; i++) {
      long start = System.nanoTime();
      assertThatThrownBy(node::start)
          .isInstanceOf(ConfigException.class)
          .hasMessageContainingAll(said)
          .hasMessageNotContaining("\n");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
  }
}
