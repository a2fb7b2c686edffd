package dev.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.status.Reason;
import dev.holdfast.deploy.cluster.NodeContainer;
import dev.holdfast.deploy.cluster.Volume;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The leader's disk fills up under load: refusals, nothing lost, and all is well with space. */
@SystemTest
class FullDiskIT {
  private static final long MIB = 1 << 20;
  private static final long DISK_BYTES = 320 * MIB;
  private static final long FREE_BYTES_MIN = 96 * MIB;
  private static final long ROOM_FOR_LOAD = 24 * MIB;
  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final String STORE = "Bergen";
  private static final String MOUNT = "/small-disk";
  private static final String FILLER = MOUNT + "/filler";
  private static final int CALLS_MAX = 2_000;
  private static final int NOT_READY = 503;

  @RegisterExtension
  @Order(1)
  static final Volume DISK = Volume.inMemory(DISK_BYTES);

  @RegisterExtension
  @Order(2)
  static final HoldfastCluster CLUSTER =
      new HoldfastCluster()
          .with("HOLDFAST_CLUSTER_PARTITIONS", "1")
          .with("HOLDFAST_STORAGE_FREE_BYTES_MIN", Long.toString(FREE_BYTES_MIN))
          .with("node-a", node -> DISK.mountAt("/var/lib/holdfast", node))
          .withTools(tools -> DISK.mountAt(MOUNT, tools));

  private static @Nullable HoldfastClient connection;

  private static HoldfastClient client() {
    if (connection == null) {
      connection = CLUSTER.clientOf(BUDGET, CLUSTER.node("node-b"), CLUSTER.node("node-c"));
    }
    return connection;
  }

  @AfterAll
  static void disconnect() {
    client().close();
  }

  @BeforeEach
  void waitForTheLeaderWithTheSmallDisk() {
    CLUSTER.eventually("node-a to lead", () -> CLUSTER.awaitLeader(0).equals("node-a"));
  }

  @AfterEach
  void freeSpace() {
    CLUSTER.tools().shell("rm -f " + FILLER).outOrFail();
  }

  @Test
  void shouldRefuseMutationsBeforeTheDiskIsFull() {
    NodeContainer node = CLUSTER.node("node-a");
    Deliveries deliveries = deliveriesOf("TEA-1");
    fill(freeBytes() - FREE_BYTES_MIN - ROOM_FOR_LOAD);

    assertThat(deliverUntilRefused(deliveries)).containsExactly(Reason.READ_ONLY);
    assertThat(deliveries.deliver()).containsExactly(Reason.READ_ONLY);
    assertThat(freeBytes()).isPositive();
    booksShouldBeRight(deliveries);
    CLUSTER.eventually("node-a to say so", () -> node.healthStatus() == NOT_READY);

    freeSpace();
    CLUSTER.eventually("node-a to be ready", node::isReady);
    assertThat(deliveries.deliver()).isEmpty();
    booksShouldBeRight(deliveries);
    assertThat(CLUSTER.status().faults()).isEmpty();
  }

  /** Somebody else takes all that is left at once: writes fail in the middle. */
  @Test
  void shouldLoseNothingWhenTheDiskIsFullAtOnce() {
    NodeContainer node = CLUSTER.node("node-a");
    Deliveries deliveries = deliveriesOf("TEA-2");
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> load =
        CompletableFuture.runAsync(() -> deliverUntil(enough, deliveries));
    CLUSTER.eventually("some deliveries", () -> deliveries.acknowledged() > 0);

    fill(DISK_BYTES);
    CLUSTER.eventually("node-a to say so", () -> node.healthStatus() == NOT_READY);
    long before = deliveries.acknowledged();
    assertThat(deliveries.onHand()).isGreaterThanOrEqualTo(before);
    freeSpace();
    node.killHard();
    node.startAgain();
    CLUSTER.eventually("node-a to be ready", node::isReady);
    enough.set(true);
    load.join();

    booksShouldBeRight(deliveries);
    CLUSTER.awaitInStep();
    String stock = CLUSTER.stock();
    for (NodeContainer store : CLUSTER.stores()) {
      assertThat(CLUSTER.stockHeldBy(store)).as("stock on %s", store.id()).isEqualTo(stock);
    }
  }

  /** Of a new item. */
  private static Deliveries deliveriesOf(String sku) {
    CLUSTER.tools().holdfast("stock", "create", STORE, sku).outOrFail();
    return new Deliveries(client(), STORE, sku);
  }

  private static void booksShouldBeRight(Deliveries deliveries) {
    long acknowledged = deliveries.acknowledged();
    assertThat(deliveries.onHand()).isBetween(acknowledged, acknowledged + deliveries.unknown());
  }

  private static Set<Reason> deliverUntilRefused(Deliveries deliveries) {
    Set<Reason> refusals = deliveries.deliver();
    for (int calls = 1; refusals.isEmpty() && calls < CALLS_MAX; calls++) {
      refusals = deliveries.deliver();
    }
    return refusals;
  }

  private static void deliverUntil(AtomicBoolean enough, Deliveries deliveries) {
    while (!enough.get()) {
      deliveries.deliver();
    }
  }

  /** Takes so many bytes of the disk, or all that are left. */
  private static void fill(long bytes) {
    CLUSTER.tools().shell("head -c %d /dev/zero >%s; true".formatted(bytes, FILLER)).outOrFail();
  }

  private static long freeBytes() {
    String free =
        CLUSTER.tools().shell("df -B1 --output=avail " + MOUNT + " | tail -n 1").outOrFail();
    return Long.parseLong(free.trim());
  }
}
