package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.clock.LogTime;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.ReplicatedLog.Fate;
import dev.holdfast.store.raft.SteppedMachine;
import dev.holdfast.store.state.CrashingStore;
import dev.holdfast.store.state.Tampering;
import dev.holdfast.store.state.read.ExpiryScan;
import dev.holdfast.store.timers.ExpiryTimer;
import dev.holdfast.store.timers.ReceiptEviction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The real state machine on the real store. */
final class RocksReplicaState implements ReplicaState {
  private final int partition;
  private final Path directory;
  private final CrashingStore disk;
  private SteppedMachine machine;

  RocksReplicaState(int partition, Path directory) {
    this.partition = partition;
    this.directory = directory;
    this.disk = new CrashingStore(directory);
    this.machine = new SteppedMachine(partition, disk.store(), directory);
  }

  @Override
  public AppliedView view() {
    return disk.store();
  }

  /** Raft hands batches only; between them may be entries of its own. */
  @Override
  public void apply(List<RaftMember.Committed> entries) {
    List<SteppedMachine.Committed> batches = new ArrayList<>();
    for (RaftMember.Committed each : entries) {
      byte[] batch = each.entry().batch();
      if (batch == null) {
        applyAll(batches);
      } else {
        batches.add(
            new SteppedMachine.Committed(each.index(), each.entry().term(), batch, each.fate()));
      }
    }
    applyAll(batches);
  }

  private void applyAll(List<SteppedMachine.Committed> batches) {
    if (fault() != null) { // JRaft hands nothing more, and says so to who proposed it
      batches.stream()
          .map(SteppedMachine.Committed::fate)
          .filter(Objects::nonNull)
          .forEach(fate -> fate.accept(Fate.UNKNOWN));
    } else if (!batches.isEmpty()) {
      machine.apply(batches);
    }
    batches.clear();
  }

  @Override
  public long appliedIndex() {
    return disk.store().applied().raftIndex();
  }

  @Override
  public @Nullable String fault() {
    return machine.fault();
  }

  @Override
  public void flush() {
    disk.flush();
  }

  @Override
  public void crash(boolean flushed) {
    disk.crash(flushed);
    machine = new SteppedMachine(partition, disk.store(), directory);
  }

  @Override
  public @Nullable Object snapshot(long index, long term) {
    return machine.snapshot(index, term);
  }

  @Override
  public Object copy(Object snapshot, long index, long term) {
    return machine.copy((Path) snapshot, index, term);
  }

  @Override
  public boolean load(Object snapshot, long index) {
    return machine.load((Path) snapshot);
  }

  @Override
  public Runnable expiry(
      LongSupplier leaderTerm, Consumer<List<QueuedCommand>> submit, LogTime clock) {
    ExpiryScan scan = new ExpiryScan(disk.store());
    return new ExpiryTimer(disk.store(), scan, leaderTerm, submit, Runnable::run, clock);
  }

  @Override
  public Runnable eviction(
      BooleanSupplier leading,
      Consumer<QueuedCommand> submit,
      LogTime clock,
      Witness.Eviction when) {
    Duration retention = Duration.ofMillis(when.retentionMillis());
    return new ReceiptEviction(disk.store(), leading, submit, clock, retention, when.countMax());
  }

  @Override
  public void assertSame(Witness witness) {
    disk.assertSame(witness.state());
    witness.assertSameRows(disk.store().applied().raftIndex(), disk.dump());
  }

  @Override
  public void assertStopsAt(long index, RaftEntry entry) {
    apply(List.of(new RaftMember.Committed(index, entry, null)));
    if (fault() == null) {
      throw new AssertionError("a replica took a batch that cannot be: " + entry.decoded());
    }
  }

  @Override
  public void assertNoSnapshotOfDamage(StockKey item) {
    StockLevel level = disk.store().stock(item);
    if (level != null) {
      Tampering.write(disk.store(), item, level.adjusted(1));
      if (snapshot(appliedIndex(), 1) != null || fault() == null) {
        throw new AssertionError("a snapshot was made of a damaged record of " + item);
      }
    }
  }

  @Override
  public void close() {
    disk.close();
  }
}
