package dev.holdfast.aggregator.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.holdfast.aggregator.testing.FakeStoreNode;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.testing.RandomHistory;
import dev.holdfast.proto.log.v1.EventBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tails, writer and store against real gRPC on loopback. */
class FeedTailsTest {
  @TempDir private Path directory;
  private final RandomHistory history0 = new RandomHistory(0, new Random(1));
  private final RandomHistory history1 = new RandomHistory(1, new Random(2));
  private final List<PartitionLog> logs = List.of(history0.write(30), history1.write(30));
  private final List<FakeStoreNode> nodes = new ArrayList<>();

  @BeforeEach
  void startNodes() throws IOException {
    for (int i = 0; i < 3; i++) {
      nodes.add(new FakeStoreNode("c1", logs));
    }
  }

  @AfterEach
  void stopNodes() {
    nodes.forEach(FakeStoreNode::close);
  }

  private TailedView follow() throws Exception {
    return new TailedView(directory, logs, nodes);
  }

  @Test
  void shouldCatchUpAndThenFollow() throws Exception {
    try (TailedView view = follow()) {
      view.awaitTheWholeLog();

      history0.write(5);
      history1.write(5);
      nodes.forEach(FakeStoreNode::pump);

      view.awaitTheWholeLog();
      view.awaitConnected();
      assertThat(view.gauge("holdfast.view.sequence", 0)).isEqualTo((double) logs.get(0).head());
      assertThat(view.counted("holdfast.view.events.applied", "partition", "1"))
          .isEqualTo((double) logs.get(1).head());
    }
  }

  @Test
  void shouldPreferTheReplicaThatLeads() throws Exception {
    try (TailedView view = follow()) {
      view.awaitConnected();

      assertThat(view.tail(0).nodeId()).isEqualTo("node-0");
      assertThat(view.tail(1).nodeId()).isEqualTo("node-1");
    }
  }

  @Test
  void shouldMoveOnWhenAReplicaDies() throws Exception {
    try (TailedView view = follow()) {
      view.awaitTheWholeLog();
      nodes.get(0).close();
      history0.write(5);

      nodes.get(1).pump();

      view.awaitTheWholeLog();
      view.awaitConnected();
      assertThat(view.tail(0).nodeId()).isNotEqualTo("node-0");
      assertThat(view.counted("holdfast.feed.reconnects", "partition", "0")).isPositive();
    }
  }

  @Test
  void shouldComeBackWhenAllReplicasDropIt() throws Exception {
    try (TailedView view = follow()) {
      view.awaitTheWholeLog();
      history0.write(5);
      nodes.forEach(FakeStoreNode::dropReaders);

      view.awaitTheWholeLog();
      assertThat(view.tail(0).lastError()).contains("UNAVAILABLE");
    }
  }

  @Test
  void shouldMoveOnWhenAReplicaFallsSilent() throws Exception {
    nodes.get(0).fallSilent();
    try (TailedView view = follow()) {
      view.awaitTheWholeLog();
      assertThat(view.tail(0).lastError()).contains("silent");
    }
  }

  @Test
  void shouldMoveOnWhenHeartbeatsTellOfEventsThatNeverCome() throws Exception {
    nodes.get(0).onTheWay(batch -> ByteString.EMPTY);
    try (TailedView view = follow()) {
      await()
          .until(
              () -> {
                nodes.get(0).heartbeat();
                return view.sequence(0) == logs.get(0).head();
              });
      assertThat(view.tail(0).lastError()).contains("silent");
    }
  }

  @Test
  void shouldFetchAgainFromTheCursorWhenABatchIsMissing() throws Exception {
    AtomicInteger count = new AtomicInteger();
    nodes.get(0).onTheWay(batch -> count.incrementAndGet() == 10 ? ByteString.EMPTY : batch);
    try (TailedView view = follow()) {
      view.awaitTheWholeLog();
      assertThat(view.tail(0).fault()).isNull();
      assertThat(view.counted("holdfast.feed.defects", "kind", "GAP")).isPositive();
    }
  }

  @Test
  void shouldFetchAgainWhenBitsFlip() throws Exception {
    AtomicInteger count = new AtomicInteger();
    nodes.get(0).onTheWay(batch -> count.incrementAndGet() == 10 ? flipped(batch) : batch);
    try (TailedView view = follow()) {
      view.awaitTheWholeLog();
      assertThat(view.tail(0).fault()).isNull();
      assertThat(view.counted("holdfast.feed.defects", "partition", "0")).isPositive();
    }
  }

  @Test
  void shouldCallItAFaultWhenReplicasAgreeOnNonsense() throws Exception {
    nodes.forEach(node -> node.onTheWay(FeedTailsTest::flipped));
    try (TailedView view = follow()) {
      view.awaitFault(0);
      view.awaitFault(1);
      assertThat(view.gauge("holdfast.feed.fault", 0)).isEqualTo(1);

      nodes.forEach(node -> node.onTheWay(batch -> batch));

      view.awaitTheWholeLog();
      await().until(() -> view.tail(0).fault() == null && view.tail(1).fault() == null);
    }
  }

  @Test
  void shouldNeitherApplyNorSkipABatchOfANewerFormat() throws Exception {
    nodes.forEach(node -> node.written(FeedTailsTest::newer));
    try (TailedView view = follow()) {
      view.awaitFault(0);
      assertThat(view.tail(0).fault())
          .contains("needs a newer build", "batch format 2", "install the newer build")
          .doesNotContain("corrupt");
      assertThat(view.sequence(0)).isZero();
      assertThat(view.gauge("holdfast.feed.fault", 0)).isEqualTo(1);
      assertThat(view.counted("holdfast.feed.defects", "kind", "NEEDS_NEWER_BUILD")).isPositive();

      nodes.forEach(node -> node.written(batch -> batch)); // stands for the newer build

      view.awaitTheWholeLog();
    }
  }

  private static ByteString newer(ByteString batch) {
    try {
      return EventBatch.parseFrom(batch).toBuilder().setFormat(2).build().toByteString();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldNotApplyTheLastBatchWhenItsBitsFlip() throws Exception {
    int last = logs.get(0).size();
    AtomicInteger count = new AtomicInteger();
    nodes.get(0).onTheWay(batch -> count.incrementAndGet() == last ? flipped(batch) : batch);
    try (TailedView view = follow()) {
      view.awaitTheWholeLog();
      assertThat(view.counted("holdfast.feed.defects", "kind", "CORRUPT")).isPositive();
    }
  }

  @Test
  void shouldCallItAFaultWhenTwoReplicasTellAnotherHistory() throws Exception {
    try (TailedView view = follow()) {
      view.awaitTheWholeLog();
    }
    stopNodes();
    nodes.clear();
    List<PartitionLog> other =
        List.of(
            new RandomHistory(0, new Random(8)).write(60),
            new RandomHistory(1, new Random(9)).write(60));
    for (int i = 0; i < 3; i++) {
      nodes.add(new FakeStoreNode("c1", other));
    }

    try (TailedView view = follow()) {
      view.awaitFault(0);
      assertThat(view.tail(0).fault()).contains("another history");
      assertThat(view.sequence(0)).isEqualTo(logs.get(0).head());
    }
  }

  @Test
  void shouldCallItAFaultWhenHistoryIsGone() throws Exception {
    nodes.forEach(node -> node.truncate(20));
    try (TailedView view = follow()) {
      view.awaitFault(0);
      assertThat(view.tail(0).fault()).contains("history is gone", "the earliest is 20");
      await().until(() -> view.truncated().contains(0));
    }
  }

  @Test
  void shouldComeBackToWhereItWasAfterAPause() throws Exception {
    try (TailedView view = follow()) {
      view.awaitTheWholeLog();
      view.tails().pause();
      await().until(() -> "sync is stopped".equals(view.tail(0).lastError()));
      history0.write(5);
      nodes.forEach(FakeStoreNode::pump);
      assertThat(view.sequence(0)).isLessThan(logs.get(0).head());

      view.tails().resume();

      view.awaitTheWholeLog();
    }
  }

  @Test
  void shouldCallItAFaultWhenTheClusterKnowsLessThanTheView() throws Exception {
    try (TailedView view = follow()) {
      view.awaitTheWholeLog();
    }
    stopNodes();
    nodes.clear();
    List<PartitionLog> reset = List.of(new PartitionLog(0), new PartitionLog(1));
    for (int i = 0; i < 3; i++) {
      nodes.add(new FakeStoreNode("c1", reset));
    }

    try (TailedView view = follow()) {
      view.awaitFault(0);
      assertThat(view.tail(0).fault()).contains("the log ends before the view");
    }
  }

  @Test
  void shouldResumeAtTheCursor() throws Exception {
    try (TailedView view = follow()) {
      view.awaitTheWholeLog();
    }
    history0.write(5);
    AtomicInteger sent = new AtomicInteger();
    nodes.forEach(node -> node.onTheWay(batch -> counted(batch, sent)));

    try (TailedView view = follow()) {
      view.awaitTheWholeLog();
      assertThat(sent.get()).isEqualTo(5);
    }
  }

  private static ByteString counted(ByteString batch, AtomicInteger count) {
    count.incrementAndGet();
    return batch;
  }

  /** Flips the last bit of a batch. */
  private static ByteString flipped(ByteString batch) {
    byte[] bytes = batch.toByteArray();
    bytes[bytes.length - 1] ^= 1;
    return ByteString.copyFrom(bytes);
  }
}
