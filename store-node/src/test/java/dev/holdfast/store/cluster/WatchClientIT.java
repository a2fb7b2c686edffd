package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.client.ClientSettings;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.UnavailableException;
import dev.holdfast.common.client.WatchClient;
import dev.holdfast.common.client.WatchListener;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.inventory.v1.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A watch outlives the nodes it is on. */
@Timeout(180)
final class WatchClientIT {
  private static final String SKU = "sku";

  private static final class Seen implements WatchListener {
    private final List<WatchedEvent> events = new CopyOnWriteArrayList<>();
    private final List<HoldfastException> interruptions = new CopyOnWriteArrayList<>();

    @Override
    public void event(WatchedEvent event) {
      events.add(event);
    }

    @Override
    public void interrupted(HoldfastException why) {
      interruptions.add(why);
    }

    List<Long> sequences() {
      return events.stream().map(event -> event.getPosition().getSequence()).toList();
    }
  }

  @Test
  void shouldTellEveryEventOnceWhileNodesComeAndGo(@TempDir Path directory) {
    try (TestCluster cluster = TestCluster.started(directory)) {
      cluster.node(0).call().create(store(0), SKU, 1_000_000);
      Seen seen = new Seen();
      WatchRequest request =
          WatchRequest.newBuilder()
              .addStores(store(0))
              .addFrom(Position.newBuilder().setPartition(0))
              .build();
      ClientSettings settings =
          ClientSettings.at(cluster.nodes().stream().map(node -> node.address).toList());
      try (WatchClient client = WatchClient.start(settings, request, seen)) {
        for (TestNode node : cluster.nodes()) { // one of them is the one it watches
          cluster.move(store(0), SKU, 100);
          node.stop();
          cluster.move(store(0), SKU, 100);
          cluster.start();
        }
        cluster.awaitEqualReplicas(0);
        patiently().until(() -> seen.events.size() >= 601);

        assertThat(seen.sequences())
            .containsExactlyElementsOf(LongStream.rangeClosed(1, 601).boxed().toList());
        assertThat(seen.interruptions).isNotEmpty();
        assertThat(client.end()).isNotDone();
        assertThat(client.positions())
            .contains(Position.newBuilder().setPartition(0).setSequence(601).build());
      }
    }
  }

  @Test
  void shouldGiveUpWhenNoNodeAnswersForItsBudget() {
    List<String> nobody = List.of("127.0.0.1:1");
    ClientSettings settings = ClientSettings.at(nobody).withBudget(Duration.ofMillis(300));
    try (WatchClient client =
        WatchClient.start(settings, WatchRequest.getDefaultInstance(), new Seen())) {
      assertThatThrownBy(() -> client.end().join()).hasCauseInstanceOf(UnavailableException.class);
    }
  }
}
