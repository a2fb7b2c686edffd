package dev.holdfast.aggregator.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.testing.FakeStoreNode;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.common.partition.PartitionMap;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ClusterSearchTest {
  private static final List<PartitionLog> LOGS = List.of(new PartitionLog(0), new PartitionLog(1));
  private static final TailTiming FAST =
      new TailTiming(Duration.ofSeconds(1), IntervalFunction.of(Duration.ofMillis(10)));

  @Test
  void shouldAskNodesUntilOneAnswers() throws Exception {
    FakeStoreNode dead = new FakeStoreNode("c1", LOGS);
    dead.close();
    try (FakeStoreNode node = new FakeStoreNode("c1", LOGS)) {
      List<Replica> nodes =
          List.of(new Replica("a", dead.channel()), new Replica("b", node.channel()));
      try (ClusterSearch search = new ClusterSearch("c1", nodes, FAST)) {
        assertThat(search.start())
            .succeedsWithin(Duration.ofSeconds(10))
            .isEqualTo(new PartitionMap(2, Map.of()));
      }
    }
  }

  @Test
  void shouldRefuseAnotherCluster() throws Exception {
    try (FakeStoreNode node = new FakeStoreNode("c2", LOGS);
        ClusterSearch search =
            new ClusterSearch("c1", List.of(new Replica("a", node.channel())), FAST)) {
      CompletableFuture<PartitionMap> partitions = search.start();

      assertThat(partitions)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableOfType(java.util.concurrent.ExecutionException.class)
          .withCauseInstanceOf(ClusterMismatchException.class)
          .withMessageContaining("a belongs to cluster c2, not c1");
    }
  }
}
