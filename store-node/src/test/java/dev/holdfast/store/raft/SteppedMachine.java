package dev.holdfast.store.raft;

import dev.holdfast.store.commit.ReplicatedLog.Fate;
import dev.holdfast.store.state.StateStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The state machine of a replica in a simulation, which hands it what Raft would. */
public final class SteppedMachine {
  private final RecordedListener listener = new RecordedListener();
  private final PartitionStateMachine machine;
  private final SteppedSnapshots files;

  /**
   * A committed entry.
   *
   * @param fate of the proposal when it was made here and its proposer still waits
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Committed(long index, long term, byte[] batch, @Nullable Consumer<Fate> fate) {}

  public SteppedMachine(int partition, StateStore store, Path directory) {
    this.files = new SteppedSnapshots(directory);
    Snapshots.Sync atOnce = checkpoint -> {}; // a power failure of files is not simulated
    Snapshots snapshots =
        new Snapshots(store, files.shelf(), Runnable::run, listener, listener, atOnce);
    this.machine = new PartitionStateMachine(partition, store, snapshots, listener, listener);
  }

  /** Applies entries that follow each other. */
  public void apply(List<Committed> entries) {
    List<ScriptedEntries.Entry> handed = new ArrayList<>(entries.size());
    for (Committed entry : entries) {
      LogClosure closure = entry.fate() == null ? null : new LogClosure(entry.fate());
      handed.add(new ScriptedEntries.Entry(entry.index(), entry.term(), entry.batch(), closure));
    }
    ScriptedEntries scripted = new ScriptedEntries(handed);
    machine.onApply(scripted);
    scripted.tellTheRest();
  }

  /** Makes a snapshot; null when that failed. */
  public @Nullable Path snapshot(long index, long term) {
    return files.make(machine, index, term);
  }

  /** Copies the snapshot of another replica, with all that JRaft knows of it. */
  public Path copy(Path snapshot, long index, long term) {
    return files.copy(snapshot, index, term);
  }

  /** Whether an own snapshot is in the state now. */
  public boolean load(Path snapshot) {
    return files.load(machine, snapshot);
  }

  /** Why the replica stopped; null while it has not. */
  public @Nullable String fault() {
    return listener.fault;
  }
}
