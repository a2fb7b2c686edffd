package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.Event;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.Map;

/** Checks that a cluster's logs hold each call of a {@link Load} once, and nothing else. */
final class LoadAudit {
  private static final long OPENING = 1_000_000;

  private LoadAudit() {}

  /** Creates an item in a store. */
  @FunctionalInterface
  interface Creation {
    void create(String store, String sku, long quantity);
  }

  /** Creates the items of a load, with stock for everything, so that no command is rejected. */
  static void createItems(Creation creation) {
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      for (int n = 0; n < 2; n++) {
        for (int sku = 0; sku < Load.SKUS; sku++) {
          creation.create(store(partition, n), "sku-" + sku, OPENING);
        }
      }
    }
  }

  /** The client rides out whatever happens to the nodes. */
  static void assertAllAcknowledged(Load load) {
    assertThat(load.broken()).isEmpty();
    assertThat(load.failed()).isEmpty();
    assertThat(load.acknowledged()).isNotEmpty();
  }

  static void assertLogIsRight(TestCluster cluster, int partition, Load load) {
    ReplicaContent content = cluster.awaitEqualReplicas(partition);
    RecordedLog log = RecordedLog.of(cluster.node(0).state(partition));

    assertThat(log.lastSequence()).isEqualTo(content.sequence());
    assertThat(log.keys().values()).as("times a key is in the log").containsOnly(1L);
    assertThat(log.events()).noneMatch(event -> event.event() instanceof Event.CommandRejected);
    assertThat(LogAudit.stockOf(log.events())).isEqualTo(content.stock());
    assertThat(content.stock().values()).allMatch(level -> level.reserved() == 0);
    for (Map.Entry<String, Position> call : load.acknowledged().entrySet()) {
      if (call.getValue().getPartition() == partition) {
        assertThat(log.event(call.getValue().getSequence()).idempotencyKey())
            .isEqualTo(call.getKey());
      }
    }
    long ours =
        load.acknowledged().values().stream().filter(at -> at.getPartition() == partition).count();
    assertThat(log.keys().keySet().stream().filter(key -> key.startsWith(Load.KEY_PREFIX)))
        .as("calls in the log")
        .hasSize((int) ours);
  }
}
