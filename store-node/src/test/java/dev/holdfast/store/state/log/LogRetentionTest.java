package dev.holdfast.store.state.log;

import static dev.holdfast.store.state.TestLog.created;
import static dev.holdfast.store.state.TestLog.evicted;
import static dev.holdfast.store.state.TestLog.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.StoreDump;
import dev.holdfast.store.state.TestLog;
import dev.holdfast.store.state.TestStores;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogRetentionTest {
  private static final long ALL_OLD = Long.MAX_VALUE;
  private static final long NONE_OLD = 0;

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
  void shouldTrimWholeBatchesThatAreTooOld() {
    apply(1_000, created("a"), created("b"));
    apply(2_000, created("c"));
    apply(3_000, evicted(3));

    long earliest = store.trimLog(2_000, Long.MAX_VALUE);

    assertThat(earliest).isEqualTo(3);
    assertThat(store.earliestSequence()).isEqualTo(3);
    assertThat(StoreDump.count(store, "events")).isEqualTo(2);
    assertThat(store.past(3).event()).isEqualTo(log.events().get(2));
  }

  @Test
  void shouldNeverTrimTheEventOfAKeptReceipt() {
    apply(1_000, keyed("a", "key-1"));
    apply(1_000, created("b"), keyed("c", "key-2"));
    apply(1_000, created("d"));
    apply(1_000, evicted(2));

    long earliest = store.trimLog(ALL_OLD, 0);

    assertThat(earliest).isEqualTo(2); // the batch of 2 and 3 holds the receipt of 3
    assertThat(store.past(3).event().idempotencyKey()).isEqualTo("key-2");
  }

  @Test
  void shouldTrimNothingBeforeReceiptsAreEvicted() {
    apply(1_000, created("a"));

    assertThat(store.trimLog(ALL_OLD, 0)).isEqualTo(LogRetention.NOTHING);
    assertThat(store.earliestSequence()).isEqualTo(1);
  }

  /** The last eviction stays, so a reader never takes a trimmed log for an empty one. */
  @Test
  void shouldNeverTrimTheWholeLog() {
    apply(1_000, created("a"));
    apply(1_000, evicted(1));
    apply(1_000, evicted(2));
    apply(1_000, created("b"), evicted(4));

    store.trimLog(ALL_OLD, 0);

    assertThat(StoreDump.count(store, "events")).isPositive();
    TestStores.flush(store);
    stores.close(store);
    assertThat(stores.open("a").earliestSequence()).isEqualTo(store.earliestSequence());
  }

  @Test
  void shouldKnowWhereTheLogStartsAfterARestart() {
    apply(1_000, created("a"), created("b"));
    apply(2_000, created("c"));
    apply(3_000, evicted(3));
    store.trimLog(2_000, Long.MAX_VALUE);
    stores.close(store);

    store = stores.open("a");

    assertThat(store.earliestSequence()).isEqualTo(3);
  }

  @Test
  void shouldKeepWhatFitsTheSize() {
    fillMegabyte();

    assertThat(store.trimLog(NONE_OLD, 4 << 20)).isEqualTo(LogRetention.NOTHING);
  }

  /** RocksDB frees the space some time later; what is gone already must not count again. */
  @Test
  void shouldTrimTheSurplusOnceOnly() {
    fillMegabyte();

    long first = store.trimLog(NONE_OLD, 700 << 10);
    long second = store.trimLog(NONE_OLD, 700 << 10);

    assertThat(first).isBetween(100L, 600L);
    assertThat(second).isEqualTo(LogRetention.NOTHING);
  }

  /** 1 000 batches of about a kilobyte that cannot be compressed, and their eviction. */
  private void fillMegabyte() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      StringBuilder reference = new StringBuilder();
      for (int c = 0; c < 900; c++) {
        reference.append((char) (' ' + random.nextInt(94)));
      }
      RecordedEvent event = created("sku");
      apply(1_000, new RecordedEvent(event.event(), event.origin(), reference.toString(), "", 0));
    }
    apply(1_000, evicted(1_000));
    TestStores.flush(store);
  }

  private void apply(long millis, RecordedEvent... events) {
    index++;
    assertThat(TestStores.apply(store, index, 1, log.at(millis).batch(events))).isTrue();
  }
}
