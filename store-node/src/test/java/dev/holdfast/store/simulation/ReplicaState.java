package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.clock.LogTime;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.commit.QueuedCommand;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The applied state of a replica, with the disk below it. */
interface ReplicaState extends AutoCloseable {
  AppliedView view();

  /** Applies entries that follow each other, and then tells their proposers. */
  void apply(List<RaftMember.Committed> entries);

  /** The last entry that is in the state, as far as it led to anything. */
  long appliedIndex();

  /** Why the replica stopped; null while it has not. */
  @Nullable String fault();

  /** Brings everything that is applied to the disk. */
  void flush();

  /**
   * The process died: what is not on the disk is lost.
   *
   * @param flushed whether everything got there just before, as it may at any moment
   */
  void crash(boolean flushed);

  /** Makes a snapshot of the state, which is on the disk then; null when that failed. */
  @Nullable Object snapshot(long index, long term);

  /** Takes over another replica's snapshot, without a look into it. */
  Object copy(Object snapshot, long index, long term);

  /** Puts an own snapshot in place of a state that is not as far; false when that failed. */
  boolean load(Object snapshot, long index);

  /** The timer that expires reservations on the leader. */
  Runnable expiry(LongSupplier leaderTerm, Consumer<List<QueuedCommand>> submit, LogTime clock);

  /** The timer that has receipts forgotten on the leader. */
  Runnable eviction(
      BooleanSupplier leading,
      Consumer<QueuedCommand> submit,
      LogTime clock,
      Witness.Eviction when);

  /** Fails when it holds anything else than the witness does, which has applied as much. */
  void assertSame(Witness witness);

  /** A leader whose memory is damaged writes what does not follow: the replica must stop there. */
  void assertStopsAt(long index, RaftEntry entry);

  /** A record changes on the disk: no snapshot must be made of it. */
  void assertNoSnapshotOfDamage(StockKey item);

  @Override
  void close();
}
