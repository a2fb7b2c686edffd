package dev.holdfast.store;

import dev.holdfast.store.config.StoreNodeConfig;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.peers.ClockWatch;
import dev.holdfast.store.peers.PeerWatch;
import dev.holdfast.store.state.read.ExpiryScan;
import dev.holdfast.store.timers.DigestTimer;
import dev.holdfast.store.timers.ExpiryTimer;
import dev.holdfast.store.timers.LeadershipBalancer;
import dev.holdfast.store.timers.LedPartition;
import dev.holdfast.store.timers.LogTrimming;
import dev.holdfast.store.timers.ReceiptEviction;
import dev.holdfast.store.timers.RoomTimer;
import dev.holdfast.store.timers.SnapshotTrigger;
import java.util.List;

/** Runs the periodic tasks of a node. */
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
  private final PeerWatch peers;
  private final ClockWatch clocks;

  NodeTimers(StoreNodeConfig config, Partitions partitions, PeerWatch peers, ClockWatch clocks) {
    this.config = config;
    this.partitions = partitions;
    this.peers = peers;
    this.clocks = clocks;
  }

  void start(NodeThreads threads) {
    threads.every(WATCH_MILLIS, peers);
    threads.every(WATCH_MILLIS, clocks);
    for (PartitionReplica replica : partitions.all()) {
      startLeading(threads, replica);
      threads.every(
          SNAPSHOT_MILLIS,
          new SnapshotTrigger(
              () -> replica.state().logEnd().sequence(),
              replica.raft()::snapshotSequence,
              replica::snapshot,
              new SnapshotTrigger.Rhythm(
                  config.snapshot().everyEvents(),
                  config.snapshot().spacing(),
                  config.snapshot().interval()),
              System::nanoTime));
      threads.every(
          EVICT_MILLIS,
          new ReceiptEviction(
              replica, config.receipts().retention(), config.receipts().countMax()));
      threads.every(
          DIGEST_MILLIS,
          new DigestTimer(
              replica.state(),
              replica::isLeading,
              command -> replica.submit(List.of(command)),
              config.digest().quiet(),
              System::nanoTime));
      threads.every(
          EXPIRE_MILLIS,
          new ExpiryTimer(
              replica.state(),
              new ExpiryScan(replica.state()),
              () -> replica.isLeading() ? replica.leaderTerm() : 0,
              replica::submit,
              threads::soon,
              replica.clock()));
      threads.every(
          TRIM_MILLIS,
          new LogTrimming(
              replica, config.events().retention(), config.events().bytesMax().bytes()));
    }
  }

  /** Who leads, and whether a leader takes mutations. */
  private void startLeading(NodeThreads threads, PartitionReplica replica) {
    LedPartition led = LedPartition.of(replica);
    String self = partitions.self();
    List<String> all = config.cluster().nodes().ids();
    List<String> others = all.stream().filter(node -> !node.equals(self)).toList();
    String preferred = partitions.preferredLeader(replica.partition());
    LeadershipBalancer.Members members = new LeadershipBalancer.Members(self, preferred, all);
    threads.every(BALANCE_MILLIS, new LeadershipBalancer(led, members, peers, clocks));
    threads.every(WATCH_MILLIS, new RoomTimer(led, others, peers, replica::refuseForRoom));
  }
}
