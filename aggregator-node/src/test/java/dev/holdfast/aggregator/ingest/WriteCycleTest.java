package dev.holdfast.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.testing.RandomHistory;
import dev.holdfast.aggregator.view.ViewCut;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteCycleTest {
  @TempDir private Path directory;
  private final PartitionLog log = new RandomHistory(0, new Random(3)).write(5);
  private TestIngest ingest;

  @BeforeEach
  void open() throws Exception {
    ingest = new TestIngest(directory, 2);
  }

  @AfterEach
  void close() {
    ingest.close();
  }

  @Test
  void shouldStoreViewAndCursorTogether() {
    write(0, 1);

    assertThat(storedSequence()).isEqualTo(log.batch(1).lastSequence());
    assertThat(ingest.cursor(0).batchHash()).isEqualTo(log.hash(1));
  }

  @Test
  void shouldMoveNothingBeforeTheWrite() {
    WriteCycle cycle = ingest.cycle();

    cycle.take(delivery(0));

    assertThat(ingest.cursor(0).sequence()).isZero();
    assertThat(storedSequence()).isZero();
    assertThat(ingest.link(0).consumed()).isZero();
  }

  @Test
  void shouldGiveTheRoomOfEveryMessageBack() {
    write(0, 0, 1, 3, 4);

    assertThat(ingest.link(0).consumed()).isEqualTo(5);
  }

  @Test
  void shouldIgnoreWhatARefusedSubscriptionSendsLater() {
    write(0, 2, 1);

    assertThat(ingest.link(0).defects())
        .extracting(FeedDefect::kind)
        .containsExactly(FeedDefect.Kind.GAP);
    assertThat(ingest.cursor(0).sequence()).isEqualTo(log.batch(0).lastSequence());
  }

  @Test
  void shouldRefuseWhatIsNoBatch() {
    WriteCycle cycle = ingest.cycle();
    cycle.take(ingest.delivery(0, FeedMessage.Unreadable.corrupt("not an event batch", 3)));
    cycle.finish();

    assertThat(ingest.link(0).defects())
        .containsExactly(new FeedDefect(FeedDefect.Kind.CORRUPT, "not an event batch"));
  }

  @Test
  void shouldTakeNoReplicaAtItsWordForBeingCurrent() {
    write(0, 1, 2, 3, 4);
    heartbeat(log.head());

    assertThat(ingest.progress().of(0).currentAtNanos()).isEmpty();
    assertThat(ingest.progress().of(0).headSequence()).isEmpty();
    assertThat(ingest.progress().of(0).lagEvents()).isEmpty();
  }

  @Test
  void shouldKnowToBeCurrentByAConfirmedHead() {
    ingest.progress().of(0).confirmed(new ConfirmedHead(log.head(), 77));
    write(0);

    assertThat(ingest.progress().of(0).currentAtNanos()).isEmpty();
    assertThat(ingest.progress().of(0).lagEvents())
        .hasValue(log.head() - log.batch(0).lastSequence());

    write(1, 2, 3, 4);

    assertThat(ingest.progress().of(0).currentAtNanos()).hasValue(77);
    assertThat(ingest.progress().of(0).headSequence()).hasValue(log.head());
    assertThat(ingest.progress().of(0).lagEvents()).hasValue(0);
  }

  @Test
  void shouldTakeAHeartbeatThatFindsNothingMissingForAStep() {
    write(0, 1, 2, 3, 4);
    long before = ingest.progress().of(0).steps();
    heartbeat(log.head());

    assertThat(ingest.progress().of(0).steps()).isEqualTo(before + 1);
  }

  @Test
  void shouldTellHowFarItGotOnlyAfterTheWrite() {
    long[] stored = new long[1];
    ingest
        .progress()
        .listen(
            new ViewProgress.Listener() {
              @Override
              public void advanced(int partition, long sequence) {
                stored[0] = storedSequence();
              }
            });

    write(0, 1);

    assertThat(stored[0]).isEqualTo(log.batch(1).lastSequence());
  }

  private void write(int... batches) {
    WriteCycle cycle = ingest.cycle();
    for (int index : batches) {
      cycle.take(new Delivery(ingest.link(0), TestIngest.message(log, index)));
    }
    cycle.finish();
  }

  private void heartbeat(long head) {
    WriteCycle cycle = ingest.cycle();
    cycle.take(ingest.delivery(0, new FeedMessage.Heartbeat(head)));
    cycle.finish();
  }

  private Delivery delivery(int index) {
    return ingest.delivery(0, TestIngest.message(log, index));
  }

  private long storedSequence() {
    try (ViewCut cut = ingest.store().cut()) {
      return cut.cursor(0).sequence();
    }
  }
}
