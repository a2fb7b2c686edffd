package dev.holdfast.store.state.log;

import static dev.holdfast.store.state.TestLog.created;
import static dev.holdfast.store.state.TestLog.evicted;
import static dev.holdfast.store.state.TestLog.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.store.decide.state.Receipt;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.StoreDump;
import dev.holdfast.store.state.Tampering;
import dev.holdfast.store.state.TestLog;
import dev.holdfast.store.state.TestStores;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.StateKeys;
import dev.holdfast.store.state.fault.StateFault;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts are kept, found, and forgotten as a whole and the same everywhere. */
final class ReceiptsTest {
  @TempDir private Path root;
  private TestStores stores;
  private StateStore store;
  private final TestLog log = new TestLog();
  private long index;

  @BeforeEach
  void open() {
    stores = new TestStores(root);
    store = stores.open("a");
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void shouldKeepTheReceiptsOfKeyedCommandsOnly() {
    apply(keyed("a", "key-1"), created("b"), keyed("c", "key-2"));

    assertThat(receipt("key-1")).isEqualTo(new Receipt(1, 7));
    assertThat(receipt("key-2")).isEqualTo(new Receipt(3, 7));
    assertThat(store.receipt(new ReceiptKey("bob", "key-1"))).isNull();
    assertThat(store.applied().receiptsCount()).isEqualTo(2);
  }

  @Test
  void shouldForgetUpToASequenceEvenInsideABatch() {
    apply(keyed("a", "key-1"), keyed("b", "key-2"), keyed("c", "key-3"));

    apply(evicted(2));

    assertThat(receipt("key-1")).isNull();
    assertThat(receipt("key-2")).isNull();
    assertThat(receipt("key-3")).isNotNull();
    assertThat(store.applied().receiptsCount()).isEqualTo(1);
    assertThat(store.applied().receiptsEvictedThrough()).isEqualTo(2);
    assertThat(StoreDump.count(store, "receipts")).isEqualTo(1);
  }

  @Test
  void shouldNotForgetTwice() {
    apply(keyed("a", "key-1"), keyed("b", "key-2"));
    apply(evicted(1));
    apply(keyed("c", "key-1")); // the key is free again

    apply(evicted(1));
    apply(evicted(0));

    assertThat(receipt("key-1")).isEqualTo(new Receipt(4, 7));
    assertThat(store.applied().receiptsCount()).isEqualTo(2);
    apply(evicted(4));
    assertThat(receipt("key-1")).isNull();
    assertThat(store.applied().receiptsCount()).isZero();
  }

  @Test
  void shouldForgetBesideOtherEventsOfTheBatch() {
    apply(keyed("a", "key-1"));

    apply(keyed("b", "key-2"), evicted(1), keyed("c", "key-3"));

    assertThat(store.applied().receiptsCount()).isEqualTo(2);
    assertThat(receipt("key-1")).isNull();
    assertThat(receipt("key-2")).isNotNull();
    assertThat(receipt("key-3")).isNotNull();
  }

  /** Nobody asks for it, and it would leave nothing that the log still has to keep. */
  @Test
  void shouldNotForgetWhatComesWithTheEvictionItself() {
    apply(keyed("a", "key-1"));

    apply(keyed("b", "key-2"), evicted(2));
    apply(evicted(99));

    assertThat(store.applied().receiptsCount()).isEqualTo(2);
    assertThat(store.applied().receiptsEvictedThrough()).isZero();
  }

  @Test
  void shouldForgetWhatWasWrittenInTheSameGroup() {
    byte[] first = log.batch(keyed("a", "key-1"));
    byte[] second = log.batch(evicted(1));

    store.apply(
        applier -> {
          applier.apply(1, 1, first);
          applier.apply(2, 1, second);
        });

    assertThat(receipt("key-1")).isNull();
    assertThat(store.applied().receiptsCount()).isZero();
  }

  /**
   * An eviction that could only be applied in part must not count as applied: after a restart, this
   * replica would keep receipts that all others have forgotten.
   */
  @Test
  void shouldApplyAnEvictionWholeOrNotAtAll() {
    byte[] whole = log.batch(keyed("a", "key-1"));
    TestStores.apply(store, 1, 1, whole);
    TestStores.apply(store, 2, 1, log.batch(keyed("b", "key-2")));
    putFirstBatch(new byte[] {1, 2, 3}); // the disk went bad

    byte[] eviction = log.batch(evicted(2));
    assertThatThrownBy(() -> TestStores.apply(store, 3, 1, eviction))
        .isInstanceOf(StateFault.class);
    stores.close(store);
    store = stores.open("a");

    assertThat(store.applied().raftIndex()).isEqualTo(2);
    putFirstBatch(whole); // and was repaired
    TestStores.apply(store, 3, 1, eviction);
    assertThat(receipt("key-1")).isNull();
    assertThat(store.applied().receiptsCount()).isZero();
  }

  private void putFirstBatch(byte[] encoded) {
    byte[] first = StateKeys.ofSequence(1);
    store.read(db -> Tampering.put(db, Family.EVENTS, first, encoded));
  }

  @Test
  void shouldFindNothingDueWhenAllIsYoungAndFew() {
    applyAt(1_000, keyed("a", "key-1"));

    assertThat(new OldReceipts(store).evictThrough(1_000, 1, 100)).isEqualTo(OldReceipts.NONE);
    assertThat(new OldReceipts(stores.open("empty")).evictThrough(1_000, 0, 100))
        .isEqualTo(OldReceipts.NONE);
  }

  @Test
  void shouldFindWhatIsTooOldInWholeBatches() {
    applyAt(1_000, keyed("a", "key-1"), keyed("b", "key-2"));
    applyAt(2_000, keyed("c", "key-3"));
    applyAt(3_000, keyed("d", "key-4"));

    assertThat(new OldReceipts(store).evictThrough(2_001, 100, 100)).isEqualTo(3);
    assertThat(new OldReceipts(store).evictThrough(2_000, 100, 100)).isEqualTo(2);
    assertThat(new OldReceipts(store).evictThrough(9_000, 100, 1)).isEqualTo(2);
  }

  @Test
  void shouldFindWhatIsTooMuch() {
    applyAt(1_000, keyed("a", "key-1"), created("b"));
    applyAt(2_000, keyed("c", "key-3"));
    applyAt(3_000, keyed("d", "key-4"));

    assertThat(new OldReceipts(store).evictThrough(0, 2, 100)).isEqualTo(2);
    assertThat(new OldReceipts(store).evictThrough(0, 1, 100)).isEqualTo(3);
    assertThat(new OldReceipts(store).evictThrough(0, 3, 100)).isEqualTo(OldReceipts.NONE);
  }

  @Test
  void shouldGoOnWhereTheLastEvictionEnded() {
    applyAt(1_000, keyed("a", "key-1"));
    applyAt(2_000, keyed("b", "key-2"));
    applyAt(3_000, evicted(1));

    assertThat(new OldReceipts(store).evictThrough(1_500, 100, 100)).isEqualTo(OldReceipts.NONE);
    assertThat(new OldReceipts(store).evictThrough(2_500, 100, 100)).isEqualTo(2);
  }

  @Test
  void shouldDecodeABatchOnceForAllAnswersInIt() {
    RecordedEvent[] batch = {keyed("a", "key-1"), keyed("b", "key-2")};
    apply(batch);

    assertThat(store.past(1).event()).isEqualTo(batch[0]).isSameAs(store.past(1).event());
    assertThat(store.past(2).event()).isEqualTo(batch[1]).isSameAs(store.past(2).event());
    assertThatThrownBy(() -> store.past(3)).isInstanceOf(StateFault.class);
  }

  @Test
  void shouldFindTheAnswersOfManyBatchesInAnyOrder() {
    for (int i = 0; i < 30; i++) {
      apply(keyed("a" + i, "key-" + i), created("b" + i));
    }

    for (int i = 0; i < 60; i++) {
      int sequence = 1 + i * 37 % 60;
      int made = (sequence - 1) / 2;
      RecordedEvent wanted =
          sequence % 2 == 1 ? keyed("a" + made, "key-" + made) : created("b" + made);
      assertThat(store.past(sequence).event()).isEqualTo(wanted);
    }
  }

  private void applyAt(long millis, RecordedEvent... events) {
    log.at(millis);
    apply(events);
  }

  private void apply(RecordedEvent... events) {
    index++;
    assertThat(TestStores.apply(store, index, 1, log.batch(events))).isTrue();
  }

  private @Nullable Receipt receipt(String key) {
    return store.receipt(new ReceiptKey("alice", key));
  }
}
