package dev.holdfast.store;

import dev.holdfast.common.config.NodeAddress;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.crypt.KeyWatch;
import dev.holdfast.common.partition.PartitionMap;
import dev.holdfast.common.server.StartedParts;
import dev.holdfast.common.telemetry.Telemetry;
import dev.holdfast.common.tls.NodeSecurity;
import dev.holdfast.store.clock.LogClocks;
import dev.holdfast.store.commit.CommitSettings;
import dev.holdfast.store.config.StoreNodeConfig;
import dev.holdfast.store.partition.NodeResources;
import dev.holdfast.store.partition.PartitionMetrics;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.raft.RaftSettings;
import dev.holdfast.store.raft.RaftTransport;
import dev.holdfast.store.state.db.RocksMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes the replicas of a node, with what they share. None takes part before it is started. */
final class Replicas {
  private final StoreNodeConfig config;
  private final DataDirectory directory;
  private final LogClocks clocks;
  private final NodeSecurity security;
  private final StartedParts parts;

  Replicas(
      StoreNodeConfig config,
      DataDirectory directory,
      LogClocks clocks,
      NodeSecurity security,
      StartedParts parts) {
    this.config = config;
    this.directory = directory;
    this.clocks = clocks;
    this.security = security;
    this.parts = parts;
  }

  Partitions make(NodeThreads threads, DiskWatch disk, Telemetry telemetry) throws IOException {
    StoreNodeConfig.Storage storage = config.storage();
    RocksMemory memory =
        parts.add(
            new RocksMemory(storage.blockCacheBytes().bytes(), storage.memtableBytes().bytes()));
    int count = config.cluster().partitions();
    RaftTransport transport =
        parts.add(
            new RaftTransport(
                self(), StoreNodeConfig.raftBindHost(config), count, members(), security));
    Encryption encryption = Encryption.of(config.encryption());
    parts.add(KeyWatch.start(encryption));
    NodeResources node =
        new NodeResources(
            transport, memory, threads.readers, threads.background, encryption, disk, clocks);
    List<PartitionReplica> replicas = new ArrayList<>();
    for (int partition = 0; partition < count; partition++) {
      PartitionMetrics metrics = new PartitionMetrics(telemetry.meters(), partition);
      replicas.add(parts.add(new PartitionReplica(settings(partition), commit(), node, metrics)));
    }
    PartitionMap map = new PartitionMap(count, config.cluster().pinned().partitions());
    return new Partitions(map, replicas, config.cluster().nodes().ids(), config.node().id());
  }

  private RaftSettings settings(int partition) {
    return new RaftSettings(
        partition,
        directory.ofPartition(partition),
        self(),
        members(),
        config.raft().electionTimeout());
  }

  private RaftSettings.Member self() {
    return member(StoreNodeConfig.self(config));
  }

  private List<RaftSettings.Member> members() {
    return config.cluster().nodes().nodes().stream().map(Replicas::member).toList();
  }

  private static RaftSettings.Member member(NodeAddress node) {
    return new RaftSettings.Member(node.id(), node.raftAddress());
  }

  private CommitSettings commit() {
    StoreNodeConfig.Commit commit = config.commit();
    return new CommitSettings(
        commit.queueCommandsMax(),
        commit.queueBytesMax().bytes(),
        commit.batchCommandsMax(),
        (int) commit.batchBytesMax().bytes(),
        commit.batchesInFlightMax(),
        config.digest().everyEvents(),
        config.locks().enabled());
  }
}
