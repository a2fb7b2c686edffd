package dev.holdfast.store.state;

import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.crypt.KeyException;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.store.state.apply.BatchApplier;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.PartitionDb;
import dev.holdfast.store.state.db.Resealing;
import dev.holdfast.store.state.db.RocksMemory;
import dev.holdfast.store.state.db.StateFormat;
import dev.holdfast.store.state.digest.CheckpointScrub;
import dev.holdfast.store.state.export.PinnedState;
import dev.holdfast.store.state.fault.NeedsNewerBuildFault;
import dev.holdfast.store.state.fault.NewerBuild;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.state.files.CheckpointFiles;
import dev.holdfast.store.state.files.StateDirectory;
import dev.holdfast.store.state.log.LogRetention;
import dev.holdfast.store.state.read.StateReads;
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
public final class StateStore implements StateReads, AutoCloseable {
  private final StateDirectory directory;
  private final RocksMemory memory;
  private final Encryption encryption;
  private final Set<PinnedState> pinned = ConcurrentHashMap.newKeySet();
  private final ReadWriteLock swap = new ReentrantReadWriteLock();
  private final NewerBuild newer = new NewerBuild();
  private PartitionDb db;
  private volatile AppliedState applied;
  private volatile long earliestSequence;
  private volatile long channelChanges;
  private volatile boolean closed;

  private StateStore(
      StateDirectory directory, RocksMemory memory, Encryption encryption, PartitionDb db) {
    this.directory = directory;
    this.memory = memory;
    this.encryption = encryption;
    this.db = db;
    this.applied = AppliedState.of(db, db.latest());
    this.earliestSequence = db.log().earliest();
  }

  /** Opens the state in a directory; encrypts it first when that was switched on since. */
  public static StateStore open(Path root, RocksMemory memory, Encryption encryption)
      throws IOException {
    StateDirectory directory = new StateDirectory(root);
    Path current = directory.current();
    if (encryption.isOn() && Resealing.isDue(current, encryption)) {
      directory.makeCurrent(sealed(current, directory.next(0), memory, encryption));
    }
    PartitionDb db = StateFormat.open(directory.current(), memory, encryption);
    return new StateStore(directory, memory, encryption, db);
  }

  /** The copy, once its records were read back: what it was made of is deleted then. */
  private static Path sealed(Path from, Path to, RocksMemory memory, Encryption encryption)
      throws IOException {
    try {
      CheckpointScrub.check(to, Resealing.run(from, to, memory, encryption), encryption);
      return to;
    } catch (StateFault e) {
      throw new IOException(e.during("cannot encrypt the state in " + from), e);
    }
  }

  /** How what is stored here is sealed. */
  public Encryption encryption() {
    return encryption;
  }

  /** Asks for the keys of a state that was copied, so that installing it waits for no vault. */
  public void learnKeys(Path copy) throws KeyException {
    encryption.learn(copy);
  }

  /** Lets entries be applied and makes them visible as one write. On the applying thread. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread applies
  public void apply(Consumer<BatchApplier> entries) {
    newer.refuse();
    try (BatchApplier applier = new BatchApplier(current(), applied)) {
      entries.accept(applier);
      applied = applier.commit();
      channelChanges += applier.changedChannels() ? 1 : 0;
    } catch (NeedsNewerBuildFault e) {
      throw newer.met(e);
    }
  }

  /** Why this build cannot go on with this state; null when it can. */
  public @Nullable String needsNewerBuild() {
    return newer.fault();
  }

  @Override
  public AppliedState applied() {
    return applied;
  }

  @Override
  public long earliestSequence() {
    return earliestSequence;
  }

  @Override
  public long channelChanges() {
    return channelChanges;
  }

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
          PinnedState pin = new PinnedState(this, current, this::unpin);
          pinned.add(pin);
          return pin;
        });
  }

  private void unpin(PinnedState pin) {
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

  /**
   * Trims the event log by age and size. Local: what peers keep does not matter.
   *
   * @return the first sequence that is left, or {@link LogRetention#NOTHING}
   */
  public long trimLog(long keepFromMillis, long bytesMax) {
    long keepFrom = new LogRetention(this, bytesMax).firstKept(keepFromMillis);
    if (keepFrom != LogRetention.NOTHING) {
      trimLogBefore(keepFrom);
    }
    return keepFrom;
  }

  /** Forgets events before a sequence. */
  void trimLogBefore(long sequence) {
    FailPoint.LOG_TRIM.reach();
    earliestSequence = sequence; // before: whoever reads meanwhile can see that it was
    read(
        current -> {
          current.log().deleteBefore(sequence);
          FailPoint.LOG_TRIMMED.reach();
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
    Path linked = directory.next(raftIndex);
    CheckpointFiles.link(checkpoint, linked);
    FailPoint.INSTALL_LINKED.reach();
    Path next = Resealing.isDue(linked, encryption) ? directory.next(raftIndex) : linked;
    // What this build cannot read must not replace what it can.
    newer.noticeIn(() -> prepare(linked, next));
    swap.writeLock().lock();
    try {
      current();
      unpinAll();
      db.close();
      closed = true; // and so it stays when something below fails
      FailPoint.INSTALL_CLOSED.reach();
      directory.makeCurrent(next);
      FailPoint.INSTALL_POINTED.reach();
      db = StateFormat.open(directory.current(), memory, encryption);
      applied = AppliedState.of(db, db.latest());
      earliestSequence = db.log().earliest();
      closed = false;
    } finally {
      swap.writeLock().unlock();
    }
  }

  private void prepare(Path linked, Path next) throws IOException {
    if (!next.equals(linked)) {
      CheckpointScrub.check(next, Resealing.run(linked, next, memory, encryption), encryption);
    }
    StateFormat.openWhole(next, memory, encryption).close();
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
