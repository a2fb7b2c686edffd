package dev.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.deploy.power.LoopDisk;
import dev.holdfast.deploy.replicas.Comparison;
import dev.holdfast.deploy.replicas.Difference;
import dev.holdfast.deploy.replicas.PlantedRows;
import dev.holdfast.deploy.replicas.ReplicaFiles;
import dev.holdfast.deploy.shims.ClockShift;
import dev.holdfast.deploy.shims.DiskFault;
import dev.holdfast.deploy.shims.FaultShims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;

/**
 * The tools of the fault tests on real nodes: node-a has a disk whose power fails, node-b a clock
 * and a disk that can be made to fail. At the end the replicas are equal byte by byte.
 */
@SystemTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultToolsIT {
  private static final String DATA = "/var/lib/holdfast";
  private static final String STATE = "partition-0/state";
  private static final long DISK_BYTES = 2L << 30;
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final Duration STOP_TIME_MAX = Duration.ofSeconds(30);
  private static final String STORE = "Bergen";
  private static final List<String> NODES = List.of("node-a", "node-b", "node-c");
  private static final int TRIES = 3;

  @RegisterExtension
  @Order(1)
  static final LoopDisk DISK = new LoopDisk(DISK_BYTES);

  @RegisterExtension
  @Order(2)
  static final FaultShims SHIMS = FaultShims.create();

  @RegisterExtension
  @Order(3)
  static final HoldfastCluster CLUSTER =
      new HoldfastCluster()
          .with("HOLDFAST_CLUSTER_PARTITIONS", "1")
          .with("node-a", node -> DISK.mountAt(DATA, node))
          .with("node-b", node -> SHIMS.addTo(node));

  @TempDir Path directory;

  @Test
  @Order(1)
  void shouldLoseNothingThatWasAcknowledgedWhenThePowerFails() {
    CLUSTER.eventually("node-a to lead", () -> CLUSTER.awaitLeader(0).equals("node-a"));
    CLUSTER.tools().holdfast("stock", "create", STORE, "TEA-1").outOrFail();
    try (HoldfastClient client =
        CLUSTER.clientOf(BUDGET, CLUSTER.node("node-b"), CLUSTER.node("node-c"))) {
      Deliveries deliveries = new Deliveries(client, STORE, "TEA-1");
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(
              () -> {
                while (!enough.get()) {
                  deliveries.deliver();
                }
              });
      CLUSTER.eventually("some deliveries", () -> deliveries.acknowledged() > 0);

      DISK.failUnder(CLUSTER.node("node-a"));
      CLUSTER.node("node-a").startAgain();

      CLUSTER.eventually("node-a to be ready", () -> CLUSTER.node("node-a").isReady());
      enough.set(true);
      load.join();
      long acknowledged = deliveries.acknowledged();
      assertThat(deliveries.onHand()).isBetween(acknowledged, acknowledged + deliveries.unknown());
    }
    CLUSTER.awaitInStep();
  }

  /** The disk is root's, and the node is not root. */
  @Test
  @Order(1)
  void shouldSayWhyOthersHaveRightsToItsDirectory() {
    assertThat(CLUSTER.node("node-a").getLogs())
        .contains("its mode cannot be changed: java.nio.file.FileSystemException");
  }

  @Test
  @Order(2)
  void shouldShiftTheClockOfOneNode() throws Exception {
    SHIMS.requireLoaded(CLUSTER.node("node-b"));

    SHIMS.shiftClock(ClockShift.of(Duration.ofHours(1)));

    CLUSTER.eventually("a clock that is ahead", () -> secondsAhead("node-b") > 3_000);
    assertThat(secondsAhead("node-c")).isBetween(-60L, 60L);
    CLUSTER.eventually(
        "node-b to say so",
        () -> CLUSTER.node("node-b").getLogs().contains("ahead of the majority's"));
    SHIMS.shiftClock(ClockShift.NONE);
    CLUSTER.eventually("node-b to be ready", () -> CLUSTER.node("node-b").isReady());
  }

  @Test
  @Order(3)
  void shouldFailTheSyncsOfOneDirectoryOfOneNode() {
    SHIMS.breakDisk(DiskFault.syncsFail().below(DATA + "/partition-0/raft"));
    CLUSTER.tools().holdfast("stock", "create", STORE, "TEA-2").outOrFail();
    CLUSTER.eventually("node-b to stop serving", () -> !CLUSTER.node("node-b").isReady());

    SHIMS.mendDisk();
    CLUSTER.node("node-b").killHard();
    CLUSTER.node("node-b").startAgain();

    CLUSTER.eventually("node-b to be ready", () -> CLUSTER.node("node-b").isReady());
    CLUSTER.awaitInStep();
  }

  @Test
  @Order(4)
  void shouldFindReplicasEqualAndADifferenceThatIsPlanted() throws IOException {
    Map<String, Path> states = statesInStep();
    Comparison comparison = ReplicaFiles.ofPartition(states);
    assertThat(comparison.isEqual()).as(comparison.toString()).isTrue();
    assertThat(comparison.rowsOf("stock")).isEqualTo(2);
    assertThat(comparison.rowsOf("receipts")).isPositive();
    assertThat(comparison.rowsOf("events")).isPositive();

    PlantedRows.change(
        database(Objects.requireNonNull(states.get("node-c"))), rows -> rows.flipBit("receipts"));

    Comparison other = ReplicaFiles.ofPartition(states);
    assertThat(other.differences()).extracting(Difference::family).containsExactly("receipts");
    assertThat(other.isEqual()).isFalse();
  }

  /** Stops all nodes; one that wrote something after another had stopped makes for another try. */
  private Map<String, Path> statesInStep() {
    for (int i = 1; ; i++) {
      stopAll();
      Map<String, Path> states = copyStates(directory.resolve("try-" + i));
      if (ReplicaFiles.ofPartition(states).isInStep() || i == TRIES) {
        return states;
      }
      CLUSTER.stores().forEach(node -> node.startAgain());
      CLUSTER.awaitInStep();
    }
  }

  private static void stopAll() {
    CompletableFuture.allOf(
            CLUSTER.stores().stream()
                .map(node -> CompletableFuture.runAsync(() -> node.terminate(STOP_TIME_MAX)))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static Map<String, Path> copyStates(Path target) {
    Map<String, Path> states = new LinkedHashMap<>();
    for (String node : NODES) {
      states.put(
          node, ReplicaFiles.copy(CLUSTER.node(node), DATA + "/" + STATE, target.resolve(node)));
    }
    return states;
  }

  private static Path database(Path state) throws IOException {
    return state.resolve(Files.readString(state.resolve("CURRENT")).strip());
  }

  private static long secondsAhead(String node) throws Exception {
    GenericContainer<?> container = CLUSTER.node(node);
    String told = container.execInContainer("date", "+%s").getStdout().strip();
    return Long.parseLong(told) - System.currentTimeMillis() / 1_000;
  }
}
