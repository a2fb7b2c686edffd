package dev.holdfast.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.alipay.sofa.jraft.Status;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.common.failpoint.FailPointException;
import dev.holdfast.common.failpoint.FailPoints;
import dev.holdfast.store.commit.ReplicatedLog.Fate;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.db.RocksMemory;
import dev.holdfast.store.testing.RandomLog;
import dev.holdfast.store.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a replica tells Raft and its callers when an entry cannot be applied. */
final class PartitionStateMachineTest {
  private static final byte[] NOT_A_BATCH = {1, 2, 3};

  private final RocksMemory memory = new RocksMemory(8 << 20, 32 << 20);
  private final List<RandomLog.Entry> log = new RandomLog(7, 100).entries();
  private final List<Fate> fates = new ArrayList<>();
  private final RecordedListener listener = new RecordedListener();
  private StateStore store;
  private PartitionStateMachine machine;

  @BeforeEach
  void open(@TempDir Path root) throws IOException {
    store = StateStore.open(root, memory, TestKeys.usual());
    Snapshots snapshots =
        new Snapshots(
            store,
            new SnapshotShelf(root.resolve("new"), root.resolve("old")),
            Runnable::run,
            listener,
            listener);
    machine = new PartitionStateMachine(0, store, snapshots, listener, listener);
  }

  @AfterEach
  void close() {
    store.close();
    memory.close();
  }

  /** Of 64 entries in one write, none is applied when one fails: reads wait for each of them. */
  @Test
  void shouldTakeBackAllEntriesOfAWriteThatFails() {
    ScriptedEntries entries = entries(0, 9, NOT_A_BATCH);

    machine.onApply(entries);

    assertThat(entries.rolledBack).isEqualTo(10);
    assertThat(listener.fault).contains("entry 10");
    assertThat(store.applied().raftIndex()).isZero();
    assertThat(fates).hasSize(9).containsOnly(Fate.UNKNOWN);
  }

  @Test
  void shouldKeepTheWritesBeforeTheOneThatFails() {
    ScriptedEntries entries = entries(0, 70, NOT_A_BATCH);

    machine.onApply(entries);

    assertThat(entries.rolledBack).isEqualTo(7);
    assertThat(store.applied().raftIndex()).isEqualTo(64);
  }

  /** JRaft hears of the fault, whatever else fails, and applies no more. */
  @Test
  void shouldTakeBackAFailedWriteThoughItsProposerCannotBeTold() {
    ScriptedEntries entries =
        new ScriptedEntries(
            List.of(
                new ScriptedEntries.Entry(
                    1,
                    1,
                    log.get(0).encoded(),
                    new LogClosure(
                        fate -> {
                          throw new IllegalStateException("the call is broken");
                        })),
                new ScriptedEntries.Entry(2, 1, NOT_A_BATCH, null)));

    machine.onApply(entries);

    assertThat(entries.rolledBack).isPositive();
    assertThat(listener.fault).contains("entry 2");
  }

  /** JRaft only logs what is thrown there: the node would lead, and nobody would decide. */
  @ParameterizedTest
  @EnumSource(names = {"LEADERSHIP_GAINED", "LEADERSHIP_LOST"})
  void shouldStopWhenAChangeOfLeadershipFails(FailPoint place) {
    assumeThat(System.getProperty(FailPoints.PROPERTY)).isNotNull();

    FailPoints.scripted(
        point -> {
          if (point == place) {
            throw new FailPointException(point);
          }
        },
        () -> {
          machine.onLeaderStart(3);
          machine.onLeaderStop(Status.OK());
        });

    assertThat(listener.fault).contains(place.name());
  }

  /** Its log was rewritten: "accepted" would be said of what no replica applies. */
  @Test
  void shouldStopWhenAProposalCommitsWhereTheStateIsAlready() {
    machine.onApply(entries(0, 20, null));
    assertThat(listener.fault).isNull();
    fates.clear();

    ScriptedEntries again = entries(15, 20, null);
    machine.onApply(again);

    assertThat(listener.fault).contains("not of this log", "entry 16");
    assertThat(again.rolledBack).isEqualTo(1);
    assertThat(fates).isEmpty(); // JRaft tells those that it still has
  }

  /** Entries of the log, proposed here, and perhaps one more that is none. */
  private ScriptedEntries entries(int from, int to, byte @Nullable [] last) {
    List<ScriptedEntries.Entry> entries = new ArrayList<>();
    for (RandomLog.Entry entry : log.subList(from, to)) {
      LogClosure closure = new LogClosure(fates::add);
      entries.add(new ScriptedEntries.Entry(entry.index(), entry.term(), entry.encoded(), closure));
    }
    if (last != null) {
      entries.add(new ScriptedEntries.Entry(to + 1L, log.get(to).term(), last, null));
    }
    return new ScriptedEntries(entries);
  }
}
