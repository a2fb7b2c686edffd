package dev.holdfast.store.config;

import dev.holdfast.common.config.AuditKeys;
import dev.holdfast.common.config.ByteSize;
import dev.holdfast.common.config.ClusterNodes;
import dev.holdfast.common.config.ConfigLoader;
import dev.holdfast.common.config.Doc;
import dev.holdfast.common.config.EncryptionKeys;
import dev.holdfast.common.config.HttpKeys;
import dev.holdfast.common.config.NodeAddress;
import dev.holdfast.common.config.NodeKeys;
import dev.holdfast.common.config.PinnedStores;
import dev.holdfast.common.config.Range;
import dev.holdfast.common.config.SecurityKeys;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Every key of a store node. */
@ConfigMapping(prefix = "holdfast")
public interface StoreNodeConfig {
  /** Loads and checks these keys. */
  static ConfigLoader<StoreNodeConfig> loader() {
    return new ConfigLoader<>(StoreNodeConfig.class, StoreNodeRelations::check);
  }

  /** This node's addresses. */
  static NodeAddress self(StoreNodeConfig config) {
    return config.cluster().nodes().find(config.node().id()).orElseThrow();
  }

  /** The host at which Raft listens. */
  static String raftBindHost(StoreNodeConfig config) {
    String host = config.raft().host();
    return host.equals(Raft.AUTO) ? self(config).raftHost() : host;
  }

  NodeKeys node();

  Cluster cluster();

  Grpc grpc();

  HttpKeys http();

  SecurityKeys security();

  AuditKeys audit();

  Commit commit();

  Receipts receipts();

  Reservations reservations();

  Events events();

  Watch watch();

  Digest digest();

  Clock clock();

  LockKeys locks();

  Snapshot snapshot();

  Raft raft();

  Storage storage();

  EncryptionKeys encryption();

  /** Which cluster this is. The same on all its nodes. */
  interface Cluster {
    @Doc("name of the cluster; data and peers of another cluster are refused")
    String id();

    @Doc("all store nodes, separated by ',': id=host:port/host:port (gRPC, then Raft)")
    ClusterNodes nodes();

    @Doc("number of partitions; fixed for the life of the cluster")
    @WithDefault("3")
    @Range(min = "1", max = "64")
    int partitions();

    @Doc("stores pinned to a partition, separated by ';': store=partition; fixed as well")
    @WithDefault("")
    PinnedStores pinned();

    @Doc("found a new cluster when all nodes report that they have no data; otherwise no effect")
    @WithDefault("false")
    boolean bootstrap();
  }

  /** The gRPC API; its port stands in cluster.nodes. */
  interface Grpc {
    @Doc("bind address of the gRPC API; its port comes from cluster.nodes")
    @WithDefault("127.0.0.1")
    String host();
  }

  /** Bounds of the write path, each per partition. */
  interface Commit {
    @Doc("maximum number of queued commands, at least 500; more are refused with OVERLOADED")
    @WithDefault("20000")
    @Range(min = "1", max = "10000000")
    int queueCommandsMax();

    @Doc("maximum bytes of queued commands")
    @WithDefault("16MiB")
    @Range(min = "1KiB", max = "1GiB")
    ByteSize queueBytesMax();

    @Doc("maximum number of commands in one Raft entry")
    @WithDefault("2000")
    @Range(min = "1", max = "100000")
    int batchCommandsMax();

    @Doc("maximum bytes of the commands in one Raft entry")
    @WithDefault("256KiB")
    @Range(min = "1KiB", max = "2MiB")
    ByteSize batchBytesMax();

    @Doc("maximum number of Raft entries that are proposed but not yet applied")
    @WithDefault("4")
    @Range(min = "1", max = "64")
    int batchesInFlightMax();
  }

  /** How long an idempotency key is remembered. */
  interface Receipts {
    @Doc("how long the outcome of an idempotency key is remembered")
    @WithDefault("24h")
    @Range(min = "1s", max = "365d")
    Duration retention();

    @Doc("maximum number of receipts per partition; the oldest are evicted first")
    @WithDefault("10000000")
    @Range(min = "1", max = "1000000000")
    long countMax();
  }

  /** How long reservations last. Each command carries what its leader's node says. */
  interface Reservations {
    @Doc("time from creation to expiry of a reservation when the request gives none")
    @WithDefault("1h")
    @Range(min = "1ms", max = "3650d")
    Duration ttl();

    @Doc("longest time from creation to expiry of a reservation, extensions included")
    @WithDefault("30d")
    @Range(min = "1ms", max = "3650d")
    Duration lifeMax();
  }

  /** How much of the event log is kept. */
  interface Events {
    @Doc("how long to keep events")
    @WithDefault("7d")
    @Range(min = "1s", max = "36500d")
    Duration retention();

    @Doc("maximum size of the event log per partition; the oldest events are removed first")
    @WithDefault("8GiB")
    @Range(min = "1MiB", max = "64TiB")
    ByteSize bytesMax();
  }

  /** Who watches events live. */
  interface Watch {
    @Doc("maximum number of watchers on this node; more are refused with OVERLOADED")
    @WithDefault("100")
    @Range(min = "1", max = "10000")
    int watchersMax();
  }

  /** How often the digest of the state goes into the log, where every replica checks itself. */
  interface Digest {
    @Doc("events between two digests of a partition's state in its log")
    @WithDefault("1000")
    @Range(min = "1", max = "1000000000")
    long everyEvents();

    @Doc("time at rest after which a changed partition gets a digest as well")
    @WithDefault("5s")
    @Range(min = "100ms", max = "365d")
    Duration quiet();
  }

  /** Which wall clocks are believed. The same on all nodes. */
  interface Clock {
    @Doc("how far a wall clock may be ahead of the log, or off the majority's, and be trusted")
    @WithDefault("10s")
    @Range(min = "1s", max = "10m")
    Duration tolerance();
  }

  /** When a snapshot is taken. */
  interface Snapshot {
    @Doc("events between two snapshots of a partition")
    @WithDefault("100000")
    @Range(min = "1", max = "1000000000")
    long everyEvents();

    @Doc("minimum time between two snapshots of a partition, since each is read back whole")
    @WithDefault("30s")
    @Range(min = "1ms", max = "7d")
    Duration spacing();

    @Doc("maximum time between two snapshots of a partition that changes")
    @WithDefault("30m")
    @Range(min = "1s", max = "7d")
    Duration interval();
  }

  /** Raft's own timing. */
  interface Raft {
    /** A bind address that means the node's own. */
    String AUTO = "auto";

    @Doc("how long a follower waits for a leader before it stands for election")
    @WithDefault("1500ms")
    @Range(min = "100ms", max = "60s")
    Duration electionTimeout();

    @Doc("bind address of Raft; auto: this node's own address in cluster.nodes")
    @WithDefault(AUTO)
    String host();
  }

  /** Memory of RocksDB, for all partitions of the node together. */
  interface Storage {
    @Doc("size of the cache of uncompressed blocks, shared by all partitions of the node")
    @WithDefault("96MiB")
    @Range(min = "1MiB", max = "1TiB")
    ByteSize blockCacheBytes();

    @Doc("size of all memtables, shared by all column families of all partitions of the node")
    @WithDefault("64MiB")
    @Range(min = "1MiB", max = "64GiB")
    ByteSize memtableBytes();

    @Doc("free space on the data disk below which changes are refused with READ_ONLY")
    @WithDefault("256MiB")
    @Range(min = "0B", max = "64TiB")
    ByteSize freeBytesMin();
  }
}
