package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.LocalFileMetaOutter.LocalFileMeta;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.snapshot.Snapshot;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotMetaTable;
import dev.holdfast.common.failpoint.FailPoint;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.digest.CheckpointScrub;
import dev.holdfast.store.state.fault.DigestFault;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.state.files.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and loads Raft snapshots as RocksDB checkpoints. The hard links are made on the applying
 * thread; scrubbing, hashing and syncing, which take time, elsewhere. JRaft neither syncs nor
 * verifies the content of a snapshot, so both is done here.
 */
final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  static final String DIRECTORY = "state";

  /**
   * The error that JRaft takes for the end of the group; any other error only ends the snapshot.
   */
  private static final RaftError STOPS_THE_GROUP = RaftError.EIO;

  private static final String META_FILE = Snapshot.JRAFT_SNAPSHOT_META_FILE;

  private final StateStore store;
  private final SnapshotShelf shelf;
  private final Executor background;
  private final Sync sync;
  private final LeadershipListener listener;
  private final ApplyMetrics metrics;
  private final Checksums checksums = new Checksums();
  private volatile long newestIndex;
  private volatile long newestSequence;

  Snapshots(
      StateStore store,
      SnapshotShelf shelf,
      Executor background,
      LeadershipListener listener,
      ApplyMetrics metrics) {
    this(store, shelf, background, listener, metrics, CheckpointFiles::sync);
  }

  Snapshots(
      StateStore store,
      SnapshotShelf shelf,
      Executor background,
      LeadershipListener listener,
      ApplyMetrics metrics,
      Sync sync) {
    this.store = store;
    this.shelf = shelf;
    this.background = background;
    this.listener = listener;
    this.metrics = metrics;
    this.sync = sync;
  }

  /** Puts the files of a checkpoint on disk. */
  interface Sync {
    void sync(Path checkpoint) throws IOException;
  }

  /** The Raft index of the newest snapshot that was made or loaded here, 0 when there is none. */
  long newestIndex() {
    return newestIndex;
  }

  /** The last event in the newest snapshot that was made or put in place here, 0 when none was. */
  long newestSequence() {
    return newestSequence;
  }

  /** Whatever happens, the closure runs: JRaft would never snapshot again otherwise. */
  void save(SnapshotWriter writer, Closure done) {
    Path checkpoint = Path.of(writer.getPath(), DIRECTORY);
    try {
      AppliedState applied = store.checkpoint(checkpoint);
      FailPoint.CHECKPOINT_MADE.reach();
      background.execute(() -> scrubAndSeal(writer, checkpoint, applied, done));
    } catch (RuntimeException | Error e) {
      fail(done, e);
    }
  }

  private void scrubAndSeal(
      SnapshotWriter writer, Path checkpoint, AppliedState applied, Closure done) {
    try {
      scrub(checkpoint, applied);
      FailPoint.SNAPSHOT_SCRUBBED.reach();
      seal(writer, checkpoint);
      FailPoint.SNAPSHOT_SEALED.reach();
      newestIndex = applied.raftIndex();
      newestSequence = applied.sequence();
      metrics.snapshot(true);
      done.run(Status.OK());
    } catch (StateFault e) {
      listener.fault(e.during("the snapshot at sequence " + applied.sequence()));
      fail(done, STOPS_THE_GROUP, e);
    } catch (IOException | RuntimeException | Error e) {
      fail(done, e);
    }
  }

  private void scrub(Path checkpoint, AppliedState applied) throws IOException {
    long start = System.nanoTime();
    try {
      CheckpointScrub.check(checkpoint, applied, store.encryption());
    } catch (DigestFault e) {
      metrics.digestFault();
      throw e;
    }
    metrics.scrubbed(System.nanoTime() - start);
  }

  private void seal(SnapshotWriter writer, Path checkpoint) throws IOException {
    shelf.keepNewest();
    sync.sync(checkpoint);
    for (Path file : CheckpointFiles.list(checkpoint)) {
      LocalFileMeta meta = LocalFileMeta.newBuilder().setChecksum(checksums.of(file)).build();
      if (!writer.addFile(DIRECTORY + "/" + file.getFileName(), meta)) {
        throw new IOException("JRaft did not take " + file.getFileName());
      }
    }
    checksums.forgetAllBut(CheckpointFiles.list(checkpoint));
  }

  /** The log is kept, and the next snapshot is another try. */
  private void fail(Closure done, Throwable e) {
    fail(done, RaftError.EAGAIN, e);
  }

  private void fail(Closure done, RaftError error, Throwable e) {
    metrics.snapshot(false);
    LOG.error("a snapshot failed; the log is kept", e);
    done.run(new Status(error, "snapshot failed: %s", e.getMessage()));
  }

  /**
   * Puts a snapshot in place, unless the state is at least as far already, as after a restart.
   * Never throws: JRaft would wait for ever.
   *
   * @return why it cannot be used; null when it is in place
   */
  @Nullable String load(SnapshotReader reader) {
    SnapshotMeta meta = reader.load();
    if (meta == null) {
      LOG.error("the snapshot in {} has no readable meta file", reader.getPath());
      return "it has no readable meta file";
    }
    newestIndex = meta.getLastIncludedIndex();
    if (store.applied().raftIndex() >= meta.getLastIncludedIndex()) {
      return null;
    }
    try {
      Function<String, LocalFileMeta> metaOf = name -> (LocalFileMeta) reader.getFileMeta(name);
      verify(Path.of(reader.getPath()), reader.listFiles(), metaOf);
      FailPoint.SNAPSHOT_VERIFIED.reach();
      store.install(Path.of(reader.getPath(), DIRECTORY), meta.getLastIncludedIndex());
      newestSequence = store.applied().sequence();
      checksums.forgetAllBut(List.of()); // another database now, with the same names for its tables
      LOG.info("loaded the snapshot at index {}", meta.getLastIncludedIndex());
      return null;
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("the snapshot at index {} cannot be used", meta.getLastIncludedIndex(), e);
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * Before JRaft starts: when the state is gone and the newest snapshot cannot replace it, the one
   * before takes its place. When there is none either, JRaft will refuse to start.
   */
  void fallBackWhenNeeded() throws IOException {
    Path newest = shelf.newest();
    while (newest != null
        && store.applied().raftIndex() < SnapshotShelf.index(newest)
        && !isIntact(newest)
        && shelf.fallBack()) {
      newest = shelf.newest();
    }
  }

  private static boolean isIntact(Path snapshot) {
    LocalSnapshotMetaTable files = new LocalSnapshotMetaTable(new RaftOptions());
    try {
      if (!files.loadFromFile(snapshot.resolve(META_FILE).toString())) {
        return false;
      }
      verify(snapshot, files.listFiles(), files::getFileMeta);
      return true;
    } catch (IOException e) {
      LOG.error("the snapshot in {} is corrupt", snapshot, e);
      return false;
    }
  }

  private static void verify(
      Path snapshot, Set<String> names, Function<String, LocalFileMeta> metaOf) throws IOException {
    for (String name : names) {
      LocalFileMeta meta = metaOf.apply(name);
      String found = Checksums.read(snapshot.resolve(name));
      if (!found.equals(meta.getChecksum())) {
        throw new IOException(
            "checksum of " + name + " is " + found + ", not " + meta.getChecksum());
      }
    }
  }
}
