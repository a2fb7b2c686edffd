package dev.holdfast.store.cluster;

import static dev.holdfast.store.cluster.TestCluster.patiently;
import static dev.holdfast.store.cluster.TestCluster.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.feed.v1.SubscribeResponse;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The log as whoever follows it sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FeedIT {
  private static final String SKU = "sku";

  private TestCluster cluster;

  @BeforeAll
  void start(@TempDir Path directory) {
    cluster = TestCluster.started(directory);
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      cluster.node(0).call().create(store(partition), SKU, 1_000_000);
      for (int i = 0; i < 5; i++) {
        move(partition, 1 + 7 * i);
      }
    }
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  private void move(int partition, int times) {
    cluster.move(store(partition), SKU, times);
  }

  @Test
  void shouldStreamTheSameVerifiableBytesFromEveryReplica() {
    for (int partition = 0; partition < TestCluster.PARTITIONS; partition++) {
      long head = cluster.awaitEqualReplicas(partition).sequence();
      List<byte[]> expected = RecordedLog.of(cluster.node(0).state(partition)).batches();
      for (TestNode node : cluster.nodes()) {
        try (FeedReader reader = FeedReader.open(node, partition, 1)) {
          RecordedLog log = readTo(reader, head);
          assertThat(log.batches()).usingRecursiveComparison().isEqualTo(expected);
        }
      }
    }
  }

  private static RecordedLog readTo(FeedReader reader, long head) {
    return patiently()
        .until(
            () -> {
              RecordedLog log = new RecordedLog();
              reader.batches().forEach(log::add);
              return log;
            },
            log -> log.lastSequence() >= head);
  }

  @Test
  void shouldStartWithTheBatchThatHoldsTheSequence() {
    long head = cluster.awaitEqualReplicas(2).sequence();
    RecordedLog log = RecordedLog.of(cluster.node(0).state(2));
    List<byte[]> batches = log.batches();
    byte[] last = batches.get(batches.size() - 1);
    for (TestNode node : cluster.nodes()) {
      try (FeedReader reader = FeedReader.open(node, 2, head)) {
        patiently().until(() -> !reader.batches().isEmpty());
        assertThat(reader.batches().get(0)).isEqualTo(last);
      }
    }
  }

  /** A reader may have stopped anywhere, and gets whole batches only. */
  @Test
  void shouldStartWithTheBatchThatHoldsTheSequenceInItsMiddle() {
    cluster.move(store(2), SKU, 200);
    long head = cluster.awaitEqualReplicas(2).sequence();
    List<byte[]> batches = RecordedLog.of(cluster.node(0).state(2)).batches();
    long first = 1;
    for (byte[] batch : batches) {
      int events = RecordedLog.events(batch);
      if (events > 2) {
        try (FeedReader reader = FeedReader.open(cluster.node(1), 2, first + events / 2)) {
          patiently().until(() -> !reader.batches().isEmpty());
          assertThat(reader.batches().get(0)).isEqualTo(batch);
        }
      }
      first += events;
    }
    assertThat(first).isEqualTo(head + 1);
    assertThat(batches).anyMatch(batch -> RecordedLog.events(batch) > 2);
  }

  @Test
  void shouldPushWhatHappensAndBeatWhenNothingDoes() {
    TestNode follower = cluster.followerOf(1);
    long head = cluster.awaitEqualReplicas(1).sequence();
    try (FeedReader reader = FeedReader.open(follower, 1, head + 1)) {
      patiently().until(() -> !reader.messages().isEmpty());
      SubscribeResponse beat = reader.messages().get(0);
      assertThat(beat.getBatch().isEmpty()).isTrue();
      assertThat(beat.getHeadSequence()).isEqualTo(head);

      long sequence = cluster.node(0).call().adjust(store(1), SKU, 1).getPosition().getSequence();
      patiently().until(() -> !reader.batches().isEmpty());
      SubscribeResponse pushed =
          reader.messages().stream().filter(m -> !m.getBatch().isEmpty()).findFirst().get();
      assertThat(pushed.getHeadSequence()).isEqualTo(sequence);
      assertThat(pushed.getBatchHash())
          .isEqualTo(ByteString.copyFrom(BatchHash.of(pushed.getBatch().toByteArray())));
      assertThat(reader.error()).isNull();
    }
  }

  @Test
  void shouldSendTheLogToReadersThatComeWhileThingsHappen() {
    String store = store(2);
    for (int i = 0; i < 100; i++) {
      TestNode leader = cluster.leaderOf(2);
      long sequence = leader.call().adjust(store, SKU, 1).getPosition().getSequence();
      try (FeedReader reader = FeedReader.open(leader, 2, sequence)) {
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(2))
            .atMost(Duration.ofSeconds(10))
            .until(() -> !reader.batches().isEmpty());
      }
    }
  }

  @Test
  void shouldRefuseAReaderThatIsAhead() {
    long head = cluster.awaitEqualReplicas(0).sequence();
    HoldfastException ahead = ended(FeedReader.open(cluster.node(1), 0, head + 2));

    assertThat(ahead.code()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(ahead.reason()).isEqualTo(Reason.AHEAD_OF_LOG);
    assertThat(ahead.metadata()).containsEntry("next_sequence", Long.toString(head + 1));
  }

  @Test
  void shouldNameWhatIsWrongWithASubscription() {
    assertThat(ended(FeedReader.open(cluster.node(0), 3, 1)).violations())
        .extracting(violation -> violation.field())
        .containsExactly("partition");
    assertThat(ended(FeedReader.open(cluster.node(0), 0, 0)).violations())
        .extracting(violation -> violation.field())
        .containsExactly("from_sequence");
  }

  @Test
  void shouldNotSlowWritesForAReaderThatTakesNothing() {
    TestNode leader = cluster.leaderOf(0);
    try (FeedReader slow = FeedReader.open(leader, 0, 1, 0);
        FeedReader quick = FeedReader.open(leader, 0, 1)) {
      for (int i = 0; i < 20; i++) {
        move(0, 2_000); // some megabytes, more than the transport buffers
      }
      long head = leader.state(0).applied().sequence();

      assertThat(readTo(quick, head).lastSequence()).isEqualTo(head);
      assertThat(slow.messages()).isEmpty();
      assertThat(slow.error()).isNull();
      slow.request(Integer.MAX_VALUE);
      assertThat(readTo(slow, head).lastSequence()).isEqualTo(head);
    }
  }

  private static HoldfastException ended(FeedReader reader) {
    try (reader) {
      Throwable error = patiently().until(reader::error, Objects::nonNull);
      return HoldfastException.from(Objects.requireNonNull(error));
    }
  }
}
