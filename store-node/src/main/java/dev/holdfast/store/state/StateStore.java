// Over 250 lines: reads, applying and the swap of the database share one lock.
package dev.holdfast.store.state;

import dev.holdfast.common.domain.Lease;
import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.decide.state.Leases;
import dev.holdfast.store.decide.state.Receipt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The applied state of one replica. One thread applies; any thread reads. Installing a snapshot
 * swaps the whole database while nobody reads.
 */
public final class StateStore implements AppliedView, PinnedState.Home, AutoCloseable {
  private final StateDirectory directory;
  private final RocksMemory memory;
  private final Set<PinnedState> pinned = ConcurrentHashMap.newKeySet();
  private final StoredTransfers transfers = new StoredTransfers(this);
  private final ReadWriteLock swap = new ReentrantReadWriteLock();
  private final NewerBuild newer = new NewerBuild();
  private PartitionDb db;
  private EventLog log;
  private volatile AppliedState applied;
  private volatile LogEnd logEnd;
  private volatile long earliestSequence;
  private volatile long channelChanges;
  private volatile boolean closed;

  private StateStore(StateDirectory directory, RocksMemory memory, PartitionDb db) {
    this.directory = directory;
    this.memory = memory;
    this.db = db;
    this.log = new EventLog(db);
    this.applied = AppliedState.of(db, db.latest());
    this.logEnd = applied.logEnd();
    this.earliestSequence = log.earliest();
  }

  public static StateStore open(Path root, RocksMemory memory) throws IOException {
    StateDirectory directory = new StateDirectory(root);
    return new StateStore(directory, memory, StateFormat.open(directory.current(), memory));
  }

  /** Lets entries be applied and makes them visible as one write. On the applying thread. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread applies
  public void apply(Consumer<BatchApplier> entries) {
    newer.refuse();
    try (BatchApplier applier = new BatchApplier(current(), log, applied)) {
      entries.accept(applier);
      applied = applier.commit();
      logEnd = applied.logEnd();
      channelChanges += applier.changedChannels() ? 1 : 0;
    } catch (NeedsNewerBuildFault e) {
      throw newer.met(e);
    }
  }

  public AppliedState applied() {
    return applied;
  }

  /** Why this build cannot go on with this state; null when it can. */
  public @Nullable String needsNewerBuild() {
    return newer.fault();
  }

  @Override
  public LogEnd logEnd() {
    return logEnd;
  }

  @Override
  public @Nullable StockLevel stock(StockKey item) {
    return get(Family.STOCK, item);
  }

  @Override
  public @Nullable Reservation reservation(ReservationKey key) {
    return get(Family.RESERVATIONS, key);
  }

  @Override
  public @Nullable Receipt receipt(ReceiptKey key) {
    return get(Family.RECEIPTS, key);
  }

  @Override
  public Leases leases() {
    Leases leases = new Leases();
    return read(
        current -> {
          current.table(Family.LEASES).forEach(current.latest(), leases::put);
          return leases;
        });
  }

  @Override
  public Set<String> frozenStores() {
    return read(current -> current.table(Family.STORES).keys(current.latest(), frozen -> frozen));
  }

  /** The lease of an item, run out or not. */
  public @Nullable Lease lease(StockKey item) {
    return get(Family.LEASES, item);
  }

  @Override
  public StoredTransfers transfers() {
    return transfers;
  }

  /** Rises when hand-overs came or were answered. */
  public long channelChanges() {
    return channelChanges;
  }

  @Override
  public StateDigest digest() {
    return applied.digests().current();
  }

  @Override
  public Past past(long sequence) {
    return withLog(events -> events.past(sequence));
  }

  /** The first event sequence that the log still holds, 1 when it is empty. */
  public long earliestSequence() {
    return earliestSequence;
  }

  /** Reads one row. */
  <K, V> @Nullable V get(Family<K, V> family, K key) {
    return read(current -> current.table(family).get(key));
  }

  /** Reads the event log. */
  <T> T withLog(Function<EventLog, T> reading) {
    return read(current -> reading.apply(log));
  }

  /** Reads the database; its iterators must be closed before this returns. */
  @Override
  public <T extends @Nullable Object> T read(Function<PartitionDb, T> reading) {
    swap.readLock().lock();
    try {
      return reading.apply(current());
    } catch (NeedsNewerBuildFault e) {
      throw newer.met(e);
    } finally {
      swap.readLock().unlock();
    }
  }

  /** Keeps the stock as it is now readable until it is closed. */
  public PinnedState pin() {
    return read(
        current -> {
          PinnedState pin = new PinnedState(this, current);
          pinned.add(pin);
          return pin;
        });
  }

  @Override
  public void unpin(PinnedState pin) {
    swap.readLock().lock();
    try {
      if (pinned.remove(pin)) {
        pin.release();
      }
    } finally {
      swap.readLock().unlock();
    }
  }

  /** Lets go of all that is pinned. */
  public void unpinAll() {
    pinned.forEach(this::unpin);
  }

  /** RocksDB's memory is its own: a read after the close would end the whole process. */
  private PartitionDb current() {
    if (closed) {
      throw new StateFault("the state is closed");
    }
    return db;
  }

  /** A number that RocksDB knows of itself, summed over the column families. */
  public long property(String name) {
    return read(current -> current.sum("rocksdb." + name));
  }

  /** Forgets events before a sequence. Local: what peers keep does not matter. */
  void trimLogBefore(long sequence) {
    earliestSequence = sequence; // before: whoever reads meanwhile can see that it was
    withLog(
        events -> {
          events.deleteBefore(sequence);
          return null;
        });
  }

  /** Makes a checkpoint of exactly what is applied. On the applying thread. */
  public AppliedState checkpoint(Path target) {
    current().checkpoint(target);
    return applied;
  }

  /** Puts a checkpoint's files in place of everything. On the applying thread. */
  public void install(Path checkpoint, long raftIndex) throws IOException {
    Path next = directory.next(raftIndex);
    CheckpointFiles.link(checkpoint, next);
    // What this build cannot read must not replace what it can.
    newer.noticeIn(() -> StateFormat.openWhole(next, memory).close());
    swap.writeLock().lock();
    try {
      current();
      unpinAll();
      db.close();
      closed = true; // and so it stays when something below fails
      directory.makeCurrent(next);
      db = StateFormat.open(directory.current(), memory);
      log = new EventLog(db);
      applied = AppliedState.of(db, db.latest());
      logEnd = applied.logEnd();
      earliestSequence = log.earliest();
      closed = false;
    } finally {
      swap.writeLock().unlock();
    }
  }

  /** Writes memtables out, so that a restart has little to replay, and closes. */
  @Override
  public void close() {
    swap.writeLock().lock();
    try (PartitionDb last = closed ? null : db) {
      closed = true;
      if (last != null) {
        unpinAll();
        last.flush();
      }
    } finally {
      swap.writeLock().unlock();
    }
  }
}
