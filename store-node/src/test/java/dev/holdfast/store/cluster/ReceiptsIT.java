package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.Caller.adjustment;
import static dev.holdfast.store.cluster.Caller.command;
import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.store.state.read.StateReads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How idempotency keys are forgotten. */
final class ReceiptsIT {
  private static final int COUNT_MAX = 50;
  private static final String STORE = store(0);
  private static final String SKU = "sku";

  @Test
  void shouldForgetTheOldestKeysAlikeOnAllReplicas(@TempDir Path directory) {
    Map<String, String> settings =
        Map.of("receipts.count-max", Integer.toString(COUNT_MAX), "snapshot.every-events", "100");
    try (TestCluster cluster = TestCluster.started(directory, settings)) {
      Caller node = cluster.node(0).call();
      node.create(STORE, SKU, 0);
      for (int i = 0; i < 20; i++) {
        cluster.batch(keyed(i * 20, 20));
      }
      StateReads state = cluster.node(0).state(0);
      patiently().until(() -> state.applied().receiptsCount() <= COUNT_MAX);

      ReplicaContent content = cluster.awaitEqualReplicas(0);
      for (TestNode each : cluster.nodes()) {
        assertKeys(each.state(0), content.receipts());
      }
      assertThat(node.get(STORE, SKU).getOnHand()).isEqualTo(400);
      AdjustStockResponse kept = node.ask(in -> in.adjustStock(request(399)));
      assertThat(kept.getStock().getOnHand()).isEqualTo(400);
      AdjustStockResponse forgotten = node.ask(in -> in.adjustStock(request(0)));
      assertThat(forgotten.getStock().getOnHand()).isEqualTo(401);
    }
  }

  /** The keys that are left are the newest, and as many as the count says. */
  private static void assertKeys(StateReads store, long count) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      if (store.receipt(new ReceiptKey(Origin.ANONYMOUS, key(i))) != null) {
        left.add(i);
      }
    }
    assertThat(left).hasSize((int) count).hasSizeLessThanOrEqualTo(COUNT_MAX);
    assertThat(left.get(0)).isEqualTo(400 - left.size());
  }

  private static List<Command> keyed(int first, int count) {
    List<Command> commands = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      commands.add(command(adjustment(STORE, SKU, 1).setIdempotencyKey(key(i))));
    }
    return commands;
  }

  private static AdjustStockRequest request(int i) {
    return adjustment(STORE, SKU, 1).setIdempotencyKey(key(i)).build();
  }

  private static String key(int i) {
    return "key-" + i;
  }

  @Test
  void shouldComeToRestWhenAllReceiptsAreForgotten(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.single(directory, Map.of("receipts.retention", "1s"))) {
      Caller node = cluster.node(0).call();
      node.create(STORE, SKU, 0);
      node.ask(in -> in.adjustStock(request(0)));
      StateReads store = cluster.node(0).state(0);
      patiently().until(() -> store.applied().receiptsCount() == 0);

      long sequence = store.applied().sequence();
      assertThat(store.past(sequence).event().event()).isInstanceOf(Event.ReceiptsEvicted.class);
      await()
          .during(Duration.ofSeconds(3)) // an eviction that is due would come within 1.1 s
          .atMost(Duration.ofSeconds(4))
          .until(() -> store.applied().sequence() == sequence);
    }
  }
}
