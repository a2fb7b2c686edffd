package dev.holdfast.store.raft;

import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.option.ReadOnlyOption;
import com.alipay.sofa.jraft.storage.impl.RocksDBLogStorage;
import com.alipay.sofa.jraft.util.StorageOptionsFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.rocksdb.WALRecoveryMode;

/**
 * Sets every option of SOFAJRaft that differs from its defaults, each with its reason. Nothing is
 * set anywhere else.
 */
final class RaftTuning {
  private static final int POOL_THREADS = 32;
  private static final long LOG_WRITE_BUFFER_BYTES = 16L << 20;
  private static final int LOG_WRITE_BUFFERS_MAX = 3;
  private static final int INFO_LOGS_KEPT = 3;
  private static final long INFO_LOG_BYTES_MAX = 16L << 20;

  static final int ELECTION_DELAY_MILLIS_MAX = 500;

  private RaftTuning() {}

  static NodeOptions tune(NodeOptions options, RaftSettings settings) {
    options.setElectionTimeoutMs((int) settings.electionTimeout().toMillis());
    // Timers of all groups share threads: a wheel of its own per group ticks every millisecond.
    options.setSharedElectionTimer(true);
    options.setSharedVoteTimer(true);
    options.setSharedStepDownTimer(true);
    options.setSharedSnapshotTimer(true);
    options.setSharedTimerPool(true);
    options.setTimerPoolSize(2);
    // The default is a third of 80 threads per group.
    options.setRpcProcessorThreadPoolSize(6);
    options.setRaftRpcThreadPoolSize(12);
    // Election priorities would cost a skipped round, one election timeout, at every failover; the
    // preferred leader comes back through the balancer instead. See docs/adr/0003.
    options.setElectionPriority(-1);
    // Asked with nothing new, JRaft cuts its log behind the newest snapshot: timers/SnapshotTrigger
    // asks, and only when there is something new.
    options.setSnapshotIntervalSecs(0);
    // Only tables that are missing are copied: our snapshots carry checksums per file.
    options.setFilterBeforeCopyRemote(true);
    // Nobody may reset peers through the unauthenticated CLI requests on the Raft port.
    options.setDisableCli(true);
    options.setEnableMetrics(false); // we measure propose to apply ourselves, finer than 1 ms
    // A snapshot of a large partition takes longer than the default 5 s of other calls.
    options.setRpcInstallSnapshotTimeout((int) TimeUnit.MINUTES.toMillis(10));
    options.setRaftOptions(raftOptions());
    return options;
  }

  private static RaftOptions raftOptions() {
    RaftOptions options = new RaftOptions();
    // Acknowledged means on disk on a majority.
    options.setSync(true);
    // Default false: a power loss could forget a vote and elect two leaders in one term.
    options.setSyncMeta(true);
    // A flipped bit in the log must be an error, never an event.
    options.setEnableLogEntryChecksum(true);
    // Leases trust clocks; a read that sells stock may not.
    options.setReadOnlyOptions(ReadOnlyOption.ReadOnlySafe);
    // A follower that catches up would hold the leader's locks during ReadIndex (#1232).
    options.setMaxReadIndexLag(10_000);
    // Batches are up to 256 KB: the default 256 KB buffer would flush each alone.
    options.setMaxAppendBufferSize(1 << 20);
    // Snapshot files travel in chunks, one at a time; the default of 128 KB is a round trip each.
    options.setMaxByteCountPerRpc(1 << 20);
    // The sum of what we have in flight is small; a full ring means trouble, not load.
    options.setDisruptorBufferSize(4096);
    // With the election timeout this bounds how long nobody leads to under 3 s.
    options.setMaxElectionDelayMs(ELECTION_DELAY_MILLIS_MAX);
    options.setOpenStatistics(false);
    return options;
  }

  /** Process-wide settings, made before the first group starts. Safe to repeat. */
  static void process() {
    // Completions of RPC calls have a pool of their own that aborts when it is full (#1271).
    System.setProperty("jraft.rpc.closure.threadpool.size.max", "256");
    LogDatabase.register();
  }

  /** JRaft refuses a second registration, so the loading of this class is the only one. */
  private static final class LogDatabase {
    static {
      // RocksDB's default stops at a damaged record and opens without a word: acknowledged entries
      // behind it would be gone. Only a record that was cut off at the end may be left out.
      StorageOptionsFactory.registerRocksDBOptions(
          RocksDBLogStorage.class,
          StorageOptionsFactory.getDefaultRocksDBOptions()
              .setKeepLogFileNum(INFO_LOGS_KEPT)
              .setMaxLogFileSize(INFO_LOG_BYTES_MAX)
              .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords));
      // The default log database takes up to 768 MB of memtables per group.
      StorageOptionsFactory.registerRocksDBColumnFamilyOptions(
          RocksDBLogStorage.class,
          StorageOptionsFactory.getDefaultRocksDBColumnFamilyOptions()
              .setWriteBufferSize(LOG_WRITE_BUFFER_BYTES)
              .setMaxWriteBufferNumber(LOG_WRITE_BUFFERS_MAX)
              .setMinWriteBufferNumberToMerge(1));
    }

    private LogDatabase() {}

    static void register() {
      // loading the class does it
    }
  }

  /**
   * A pool that queues. JRaft's own throws when it is full, and then loses the wake-up of a
   * replicator for good (#1271).
   */
  static ThreadPoolExecutor groupPool(String group) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            POOL_THREADS,
            POOL_THREADS,
            60,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreads("raft-" + group));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
