package dev.holdfast.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.HashCode;
import dev.holdfast.aggregator.testing.PartitionLog;
import dev.holdfast.aggregator.testing.RandomHistory;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.codec.BatchHash;
import dev.holdfast.common.codec.EventBatchCodec;
import dev.holdfast.common.codec.UnreadableException;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.EventBatch;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceGateTest {
  private static final int PARTITION = 1;
  private final PartitionLog log = new RandomHistory(PARTITION, new Random(7)).write(4);

  @Test
  void shouldLetFirstBatchThrough() {
    assertThat(check(ViewCursor.START, 0)).isEqualTo(new SequenceGate.Verdict.Next(after(0)));
  }

  @Test
  void shouldLetTheBatchThatFollowsThrough() {
    assertThat(check(after(1), 2)).isEqualTo(new SequenceGate.Verdict.Next(after(2)));
  }

  @Test
  void shouldDropWhatIsIncluded() {
    assertThat(check(after(2), 0)).isEqualTo(new SequenceGate.Verdict.Duplicate());
    assertThat(check(after(2), 2)).isEqualTo(new SequenceGate.Verdict.Duplicate());
  }

  @Test
  void shouldRefuseAGap() {
    assertThat(kind(check(after(0), 2))).isEqualTo(FeedDefect.Kind.GAP);
  }

  @Test
  void shouldRefuseABatchOfAnotherHistory() throws UnreadableException {
    byte[] forged = log.forged(List.of(new Event.ReceiptsEvicted(1)));

    SequenceGate.Verdict verdict =
        check(after(3), EventBatchCodec.decode(forged), BatchHash.of(forged));

    assertThat(kind(verdict)).isEqualTo(FeedDefect.Kind.BROKEN_CHAIN);
  }

  @Test
  void shouldRefuseAnotherBatchAtTheCursor() {
    SequenceGate.Verdict verdict = check(after(2), log.batch(2), BatchHash.of(new byte[] {1}));

    assertThat(kind(verdict)).isEqualTo(FeedDefect.Kind.BROKEN_CHAIN);
  }

  @Test
  void shouldRefuseABatchThatReachesOverTheCursor() {
    PartitionLog long3 = new PartitionLog(PARTITION).append(List.of(event(), event(), event()));
    ViewCursor inside = ViewCursor.START.at(2, log.hash(0), 0);

    SequenceGate.Verdict verdict =
        SequenceGate.check(PARTITION, inside, long3.batch(0), long3.hash(0));

    assertThat(kind(verdict)).isEqualTo(FeedDefect.Kind.BROKEN_CHAIN);
  }

  @Test
  void shouldRefuseABatchOfAnotherPartition() {
    SequenceGate.Verdict verdict =
        SequenceGate.check(2, ViewCursor.START, log.batch(0), log.hash(0));

    assertThat(kind(verdict)).isEqualTo(FeedDefect.Kind.CORRUPT);
  }

  @Test
  void shouldRefuseABatchWithoutEvents() {
    EventBatch empty = new EventBatch(PARTITION, 1, 1, 0, BatchHash.genesis(), List.of());

    assertThat(kind(check(ViewCursor.START, empty, BatchHash.genesis())))
        .isEqualTo(FeedDefect.Kind.CORRUPT);
  }

  private static Event event() {
    return new Event.ReceiptsEvicted(1);
  }

  private SequenceGate.Verdict check(ViewCursor cursor, int index) {
    return SequenceGate.check(PARTITION, cursor, log.batch(index), log.hash(index));
  }

  private static SequenceGate.Verdict check(ViewCursor cursor, EventBatch batch, byte[] hash) {
    return SequenceGate.check(PARTITION, cursor, batch, HashCode.fromBytes(hash));
  }

  private ViewCursor after(int index) {
    EventBatch batch = log.batch(index);
    return ViewCursor.START.at(batch.lastSequence(), log.hash(index), batch.timeMillis());
  }

  private static FeedDefect.Kind kind(SequenceGate.Verdict verdict) {
    assertThat(verdict).isInstanceOf(SequenceGate.Verdict.Refused.class);
    return ((SequenceGate.Verdict.Refused) verdict).defect().kind();
  }
}
