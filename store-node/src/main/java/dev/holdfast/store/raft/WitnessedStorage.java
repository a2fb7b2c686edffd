package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.core.DefaultJRaftServiceFactory;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.option.SnapshotCopierOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import com.alipay.sofa.jraft.storage.SnapshotStorage;
import com.alipay.sofa.jraft.storage.impl.LocalRaftMetaStorage;
import com.alipay.sofa.jraft.storage.impl.RocksDBLogStorage;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotCopier;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotStorage;
import dev.holdfast.common.failpoint.FailPoint;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wraps JRaft's own storage: a witness records what is on disk, and entries may be sealed. */
final class WitnessedStorage extends DefaultJRaftServiceFactory {
  private final Witness witness;
  private final EntrySeal seal;
  private final CopyOfSnapshot.Keys keys;
  private volatile @Nullable ConfigurationManager configurations;
  private volatile @Nullable LogStorage log;

  /**
   * @param keys learns those of copied snapshots
   */
  WitnessedStorage(Witness witness, EntrySeal seal, CopyOfSnapshot.Keys keys) {
    this.witness = witness;
    this.seal = seal;
    this.keys = keys;
  }

  /** To be called when nothing is stored any more. */
  void close() {
    witness.close();
    seal.close();
  }

  /** The members as of the end of the log; empty when the log does not tell. */
  Configuration members() {
    ConfigurationManager known = configurations;
    return known == null ? new Configuration() : known.getLastConfiguration().getConf();
  }

  /** The first index of the log: earlier entries come by snapshot only. */
  long firstLogIndex() {
    LogStorage known = log;
    return known == null ? 1 : known.getFirstLogIndex();
  }

  @Override
  public LogStorage createLogStorage(String uri, RaftOptions options) {
    Log created = new Log(uri, options);
    log = created;
    return created;
  }

  @Override
  public RaftMetaStorage createRaftMetaStorage(String uri, RaftOptions options) {
    return new Meta(uri, options);
  }

  @Override
  public SnapshotStorage createSnapshotStorage(NodeOptions options) {
    return new Copies(options);
  }

  /**
   * Begins every copy of a snapshot anew: JRaft cannot go on with one that was left half done, and
   * after one try that failed it never tries again. Files that the last snapshot has are linked all
   * the same.
   */
  private final class Copies extends LocalSnapshotStorage {
    private final boolean filterBeforeCopy;

    Copies(NodeOptions options) {
      super(options.getSnapshotUri(), options.getSnapshotTempUri(), options.getRaftOptions());
      this.filterBeforeCopy = options.isFilterBeforeCopyRemote();
    }

    @Override
    public @Nullable SnapshotCopier startToCopyFrom(String uri, SnapshotCopierOptions options) {
      CopyOfSnapshot copy = new CopyOfSnapshot(keys);
      copy.setStorage(this);
      copy.setFilterBeforeCopyRemote(filterBeforeCopy);
      if (!copy.init(uri, options)) {
        return null; // as JRaft has it
      }
      copy.start();
      return copy;
    }

    @Override
    public SnapshotWriter create(boolean fromEmpty) {
      return super.create(true);
    }
  }

  private final class Log extends RocksDBLogStorage {
    Log(String path, RaftOptions options) {
      super(path, options);
    }

    @Override
    public boolean init(LogStorageOptions options) {
      configurations = options.getConfigurationManager();
      return super.init(options);
    }

    /** What proposers gave; the members, which JRaft adds itself, stay readable. */
    @Override
    protected byte[] onDataAppend(long index, byte[] entry, WriteContext context)
        throws IOException, InterruptedException {
      return super.onDataAppend(index, seal.seal(index, entry), context);
    }

    @Override
    protected byte @Nullable [] onDataGet(long index, byte @Nullable [] stored) throws IOException {
      return stored == null ? null : seal.open(index, stored);
    }

    @Override
    public boolean appendEntry(LogEntry entry) {
      FailPoint.LOG_APPEND.reach();
      boolean appended = super.appendEntry(entry);
      if (appended) {
        FailPoint.LOG_APPENDED.reach();
        witness.logEndsAt(entry.getId().getIndex());
      }
      return appended;
    }

    @Override
    public int appendEntries(List<LogEntry> entries) {
      FailPoint.LOG_APPEND.reach();
      int appended = super.appendEntries(entries);
      if (appended > 0) {
        FailPoint.LOG_APPENDED.reach();
        witness.logEndsAt(entries.get(appended - 1).getId().getIndex());
      }
      return appended;
    }

    /** The promise is taken back first, then the entries are removed: not the other way round. */
    @Override
    public boolean truncateSuffix(long lastIndexKept) {
      witness.logWillEndAt(lastIndexKept);
      FailPoint.LOG_TRUNCATE.reach();
      return super.truncateSuffix(lastIndexKept);
    }

    @Override
    public boolean reset(long nextLogIndex) {
      witness.logWillEndAt(nextLogIndex - 1);
      return super.reset(nextLogIndex);
    }
  }

  private final class Meta extends LocalRaftMetaStorage {
    Meta(String path, RaftOptions options) {
      super(path, options);
    }

    @Override
    public boolean setTerm(long term) {
      return super.setTerm(term) && isWitnessed();
    }

    @Override
    public boolean setVotedFor(PeerId peer) {
      return super.setVotedFor(peer) && isWitnessed();
    }

    @Override
    public boolean setTermAndVotedFor(long term, PeerId peer) {
      return super.setTermAndVotedFor(term, peer) && isWitnessed();
    }

    private boolean isWitnessed() {
      FailPoint.VOTE_SAVED.reach();
      witness.voted(getTerm(), getVotedFor().toString());
      return true;
    }
  }
}
