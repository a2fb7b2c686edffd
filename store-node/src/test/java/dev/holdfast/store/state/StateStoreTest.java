package dev.holdfast.store.state;

import static dev.holdfast.store.state.TestStores.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.PartitionDb;
import dev.holdfast.store.state.db.StateKeys;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.testing.RandomLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applied state on real RocksDB, against a replica in memory. */
final class StateStoreTest {
  @TempDir private Path root;
  private TestStores stores;

  @BeforeEach
  void open() {
    stores = new TestStores(root);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldHoldWhatTheEntriesLeadTo(long seed) {
    RandomLog log = new RandomLog(seed, 120);
    StateStore store = stores.open("a");

    for (RandomLog.Entry entry : log.entries()) {
      assertThat(apply(store, entry)).as("entry %s", entry.index()).isEqualTo(entry.accepted());
      assertThat(store.applied().raftIndex()).isEqualTo(entry.index());
    }

    StoreDump.assertSame(store, log.replica());
  }

  @Test
  void shouldApplyManyEntriesAsOneWrite() {
    RandomLog log = new RandomLog(4, 120);
    StateStore single = stores.open("single");
    StateStore grouped = stores.open("grouped");
    log.entries().forEach(entry -> apply(single, entry));

    applyInGroups(grouped, log.entries(), new Random(4));

    assertThat(StoreDump.of(grouped)).isEqualTo(StoreDump.of(single));
  }

  private static void applyInGroups(
      StateStore store, List<RandomLog.Entry> entries, Random random) {
    int next = 0;
    while (next < entries.size()) {
      int until = Math.min(entries.size(), next + 1 + random.nextInt(20));
      List<RandomLog.Entry> group = entries.subList(next, until);
      store.apply(applier -> group.forEach(e -> applier.apply(e.index(), e.term(), e.encoded())));
      next = until;
    }
  }

  /** Flushed at one point, crashed at a later one, then given all entries once more. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void shouldComeToTheSameStateAfterACrash(long seed) throws Exception {
    Random random = new Random(seed);
    RandomLog log = new RandomLog(seed, 90);
    StateStore store = stores.open("a");
    int flushAt = random.nextInt(60);
    int crashAt = flushAt + random.nextInt(30);
    for (RandomLog.Entry entry : log.entries().subList(0, crashAt)) {
      apply(store, entry);
      if (entry.index() == flushAt) {
        TestStores.flush(store);
      }
    }
    stores.crash("a", "crashed");
    log.entries().subList(crashAt, 90).forEach(entry -> apply(store, entry));

    StateStore crashed = stores.open("crashed");
    assertThat(crashed.applied().raftIndex()).isEqualTo(flushAt);
    applyInGroups(crashed, log.entries(), random);

    assertThat(StoreDump.of(crashed)).isEqualTo(StoreDump.of(store));
    StoreDump.assertSame(crashed, log.replica());
  }

  /**
   * RocksDB flushes when it likes: what a crash leaves must still be the state after some batch.
   */
  @Test
  void shouldBeWholeWhateverWasFlushedByItself() throws Exception {
    TestLog log = new TestLog();
    List<byte[]> batches = new ArrayList<>();
    StateStore store = stores.open("a");
    while (TestStores.tables(store) == 0) {
      RecordedEvent event = TestLog.large("sku-" + batches.size(), "key-" + batches.size());
      batches.add(log.batch(event));
      apply(store, batches.size(), 1, batches.get(batches.size() - 1));
    }
    store.read(db -> stores.crashQuietly(db, "a", "crashed"));

    StateStore crashed = stores.open("crashed");
    int flushed = (int) crashed.applied().raftIndex();
    StateStore other = stores.open("other");
    for (int i = 1; i <= flushed; i++) {
      apply(other, i, 1, batches.get(i - 1));
    }

    assertThat(flushed).isPositive();
    assertThat(StoreDump.of(crashed)).isEqualTo(StoreDump.of(other));
  }

  @Test
  void shouldHoldTheSameAfterAnOrderlyRestart() {
    RandomLog log = new RandomLog(5, 60);
    StateStore store = stores.open("a");
    log.entries().forEach(entry -> apply(store, entry));
    var before = StoreDump.of(store);
    stores.close(store);

    StateStore reopened = stores.open("a");

    assertThat(StoreDump.of(reopened)).isEqualTo(before);
    assertThat(reopened.applied()).usingRecursiveComparison().isEqualTo(store.applied());
    assertThat(reopened.logEnd()).usingRecursiveComparison().isEqualTo(store.logEnd());
  }

  @Test
  void shouldPassOverEntriesThatAreInTheStateAlready() {
    RandomLog log = new RandomLog(6, 40);
    StateStore store = stores.open("a");
    log.entries().forEach(entry -> apply(store, entry));
    var before = StoreDump.of(store);

    log.entries().forEach(entry -> assertThat(apply(store, entry)).isTrue());

    assertThat(StoreDump.of(store)).isEqualTo(before);
  }

  @Test
  void shouldShowNothingOfAGroupThatFails() {
    TestLog log = new TestLog();
    StateStore store = stores.open("a");
    var before = StoreDump.of(store);

    assertThatThrownBy(
            () ->
                store.apply(
                    applier -> {
                      applier.apply(1, 1, log.batch(TestLog.keyed("tea", "key-1")));
                      applier.apply(2, 1, new byte[] {1, 2, 3});
                    }))
        .isInstanceOf(StateFault.class)
        .hasMessageContaining("entry 2");

    assertThat(StoreDump.of(store)).isEqualTo(before);
    assertThat(store.applied().raftIndex()).isZero();
  }

  @Test
  void shouldStopAtABatchThatFollowsAnotherHistory() {
    StateStore store = stores.open("a");
    TestLog log = new TestLog();
    byte[] first = log.batch(TestLog.created("tea"));
    byte[] second = log.batch(TestLog.created("cup"));
    TestLog other = new TestLog();
    other.batch(TestLog.created("pot"));
    byte[] forged = other.batch(TestLog.created("jar"));

    assertThat(apply(store, 1, 1, first)).isTrue();
    assertThatThrownBy(() -> apply(store, 2, 1, forged))
        .isInstanceOf(StateFault.class)
        .hasMessageContaining("hash chain");
    assertThat(apply(store, 2, 1, second)).isTrue();
  }

  @Test
  void shouldReadTheLogFromTheMiddleOfABatch() {
    TestLog log = new TestLog();
    StateStore store = stores.open("a");
    for (int i = 1; i <= 4; i++) {
      apply(store, i, 1, log.batch(TestLog.created("a" + i), TestLog.created("b" + i)));
    }

    List<Long> sequences = new ArrayList<>();
    List<RecordedEvent> events = new ArrayList<>();
    store.read(
        db -> {
          db.log()
              .forEachEvent(
                  4,
                  7,
                  (sequence, event) -> {
                    sequences.add(sequence);
                    events.add(event);
                  });
          return true;
        });

    assertThat(sequences).containsExactly(4L, 5L, 6L, 7L);
    assertThat(events).isEqualTo(log.events().subList(3, 7));
    assertThat(store.past(6).event()).isEqualTo(log.events().get(5));
    assertThat(batchesFrom(store, 4)).containsExactly(3L, 5L, 7L);
    assertThat(batchesFrom(store, 5)).containsExactly(5L, 7L);
    assertThat(batchesFrom(store, 9)).containsExactly(7L);
    assertThat(batchesFrom(store, 0)).containsExactly(1L, 3L, 5L, 7L);
    assertThatThrownBy(() -> store.past(9)).isInstanceOf(StateFault.class);
  }

  private static List<Long> batchesFrom(StateStore store, long sequence) {
    List<Long> firsts = new ArrayList<>();
    store.forEachBatch(sequence, (first, encoded) -> firsts.add(first));
    return firsts;
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void shouldBeTheSameAfterACheckpointIsInstalled(long seed) throws Exception {
    RandomLog log = new RandomLog(seed, 80);
    StateStore leader = stores.open("leader");
    StateStore behind = stores.open("behind");
    log.entries().subList(0, 10).forEach(entry -> apply(behind, entry));
    log.entries().subList(0, 60).forEach(entry -> apply(leader, entry));
    Path checkpoint = root.resolve("checkpoint");
    assertThat(leader.checkpoint(checkpoint).raftIndex()).isEqualTo(60);
    log.entries().subList(60, 80).forEach(entry -> apply(leader, entry));

    behind.install(checkpoint, 60);

    assertThat(behind.applied().raftIndex()).isEqualTo(60);
    log.entries().subList(55, 80).forEach(entry -> apply(behind, entry));
    assertThat(StoreDump.of(behind)).isEqualTo(StoreDump.of(leader));
    stores.close(behind);
    assertThat(StoreDump.of(stores.open("behind"))).isEqualTo(StoreDump.of(leader));
    try (Stream<Path> left = Files.list(root.resolve("behind"))) {
      assertThat(left.filter(Files::isDirectory)).hasSize(1);
    }
  }

  @Test
  void shouldTellWhereTheLogOfAnInstalledCheckpointBegins() throws Exception {
    TestLog log = new TestLog();
    StateStore leader = stores.open("leader");
    for (int i = 1; i <= 4; i++) {
      apply(leader, i, 1, log.batch(TestLog.created("a" + i)));
    }
    leader.trimLogBefore(3);
    Path checkpoint = root.resolve("checkpoint");
    leader.checkpoint(checkpoint);
    StateStore behind = stores.open("behind");

    behind.install(checkpoint, 4);

    assertThat(behind.earliestSequence()).isEqualTo(3);
    assertThat(behind.logEnd().sequence()).isEqualTo(4);
  }

  @Test
  void shouldLeaveTheCheckpointAsItWasForTheNextReplica() throws Exception {
    RandomLog log = new RandomLog(23, 40);
    StateStore leader = stores.open("leader");
    log.entries().forEach(entry -> apply(leader, entry));
    Path checkpoint = root.resolve("checkpoint");
    leader.checkpoint(checkpoint);

    for (String name : List.of("b", "c")) {
      StateStore other = stores.open(name);
      other.install(checkpoint, 40);
      assertThat(StoreDump.of(other)).isEqualTo(StoreDump.of(leader));
      apply(other, 41, 99, new TestLog().batch(TestLog.created("tea")));
      TestStores.flush(other);
    }
  }

  @Test
  void shouldRefuseAnotherFormat() throws Exception {
    stores.close(stores.open("a", Encryption.OFF));
    Path path = root.resolve("a/db-0");
    try (PartitionDb db = PartitionDb.open(path, stores.memory(), null)) {
      Tampering.put(db, Family.META, StateKeys.FORMAT, new byte[] {1});
      db.flush();
    }

    for (int attempt = 0; attempt < 2; attempt++) { // the first must not keep it locked
      assertThatThrownBy(() -> StateStore.open(root.resolve("a"), stores.memory(), Encryption.OFF))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("has format 1, which an older build wrote; this build reads only 3")
          .hasMessageContaining("wipe this node's data directory");
    }
  }

  /** A call that outlives its node must end in an error, not in memory that is no longer ours. */
  @Test
  void shouldRefuseToBeReadAfterItIsClosed() {
    StateStore store = stores.open("a");
    stores.close(store);

    assertThatThrownBy(() -> store.stock(new StockKey("s", "k")))
        .isInstanceOf(StateFault.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> store.past(1)).isInstanceOf(StateFault.class);
  }

  /**
   * As after a log was rewritten below the state: nothing that was skipped may be called accepted.
   */
  @Test
  void shouldStopAtAnEntryOfAnotherLog() {
    RandomLog log = new RandomLog(5, 40);
    StateStore store = stores.open("a");
    log.entries().forEach(entry -> apply(store, entry));
    long term = store.applied().raftTerm();
    RandomLog.Entry old = log.entries().get(10);

    assertThat(apply(store, old.index(), old.term(), old.encoded())).isTrue();
    assertThatThrownBy(() -> apply(store, old.index(), term + 1, old.encoded()))
        .isInstanceOf(StateFault.class)
        .hasMessageContaining("entry 11 is of term " + (term + 1))
        .hasMessageContaining("up to 40 of term " + term);
    assertThatThrownBy(() -> apply(store, 40, term - 1, old.encoded()))
        .isInstanceOf(StateFault.class);
    assertThat(store.applied().raftIndex()).isEqualTo(40);
  }
}
