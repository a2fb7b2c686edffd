package dev.holdfast.store;

import dev.holdfast.store.api.PeerChannels;
import dev.holdfast.store.api.PeerProgress;
import dev.holdfast.store.config.StoreNodeConfig;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.state.ExpiryScan;
import dev.holdfast.store.timers.DigestTimer;
import dev.holdfast.store.timers.ExpiryTimer;
import dev.holdfast.store.timers.LeadershipBalancer;
import dev.holdfast.store.timers.LogTrimming;
import dev.holdfast.store.timers.ReceiptEviction;
import dev.holdfast.store.timers.SnapshotTrigger;
import java.time.InstantSource;
import java.util.List;

/** What a node does again and again, and how often. */
final class NodeTimers {
  static final long WATCH_MILLIS = 250;
  static final long EXPORTS_MILLIS = 1_000;
  static final long HANDOVERS_MILLIS = 100;
  private static final long BALANCE_MILLIS = 1_000;
  private static final long SNAPSHOT_MILLIS = 1_000;
  private static final long EVICT_MILLIS = 100;
  private static final long DIGEST_MILLIS = 100;
  private static final long EXPIRE_MILLIS = 100;
  private static final long TRIM_MILLIS = 10_000;

  private final StoreNodeConfig config;
  private final Partitions partitions;
  private final PeerProgress progress;

  NodeTimers(StoreNodeConfig config, Partitions partitions, PeerChannels peers) {
    this.config = config;
    this.partitions = partitions;
    this.progress = new PeerProgress(peers);
  }

  void start(NodeThreads threads) {
    InstantSource clock = InstantSource.system();
    for (PartitionReplica replica : partitions.all()) {
      String preferred = partitions.preferredLeader(replica.partition());
      threads.every(
          BALANCE_MILLIS,
          new LeadershipBalancer(
              replica,
              preferred,
              preferred.equals(partitions.self()),
              (partition, tell) -> progress.ask(preferred, partition, tell)));
      threads.every(
          SNAPSHOT_MILLIS,
          new SnapshotTrigger(
              () -> replica.store().logEnd().sequence(),
              replica.group()::snapshotSequence,
              replica::snapshot,
              config.snapshot().everyEvents(),
              config.snapshot().spacing(),
              clock));
      threads.every(
          EVICT_MILLIS,
          new ReceiptEviction(
              replica, config.receipts().retention(), config.receipts().countMax(), clock));
      threads.every(
          DIGEST_MILLIS,
          new DigestTimer(
              replica.store(),
              replica::isLeading,
              command -> replica.submit(List.of(command)),
              config.digest().quiet(),
              clock));
      threads.every(
          EXPIRE_MILLIS,
          new ExpiryTimer(
              replica.store(),
              new ExpiryScan(replica.store()),
              () -> replica.isLeading() ? replica.leaderTerm() : 0,
              replica::submit,
              threads::soon,
              clock));
      threads.every(
          TRIM_MILLIS,
          new LogTrimming(
              replica, config.events().retention(), config.events().bytesMax().bytes(), clock));
    }
  }
}
