package dev.holdfast.aggregator.config;

import dev.holdfast.common.config.AuditKeys;
import dev.holdfast.common.config.ByteSize;
import dev.holdfast.common.config.ClusterNodes;
import dev.holdfast.common.config.ConfigLoader;
import dev.holdfast.common.config.Doc;
import dev.holdfast.common.config.EncryptionKeys;
import dev.holdfast.common.config.HttpKeys;
import dev.holdfast.common.config.NodeKeys;
import dev.holdfast.common.config.Range;
import dev.holdfast.common.config.SecurityKeys;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Every key of an aggregator node. */
@ConfigMapping(prefix = "holdfast")
public interface AggregatorNodeConfig {
  /** Loads and checks these keys. */
  static ConfigLoader<AggregatorNodeConfig> loader() {
    return new ConfigLoader<>(AggregatorNodeConfig.class, AggregatorNodeRelations::check);
  }

  NodeKeys node();

  Cluster cluster();

  Grpc grpc();

  HttpKeys http();

  SecurityKeys security();

  AuditKeys audit();

  DeadLetters deadLetters();

  History history();

  EncryptionKeys encryption();

  /** The cluster to follow. */
  interface Cluster {
    @Doc("name of the cluster to follow; data of another cluster is refused")
    String id();

    @Doc("all store nodes, separated by ',': id=host:port/host:port (gRPC, then Raft)")
    ClusterNodes nodes();
  }

  /** Bounds of the dead letter queue, each per partition. */
  interface DeadLetters {
    @Doc("maximum number of parked changes; once reached, the partition is paused")
    @WithDefault("10000")
    @Range(min = "1", max = "1000000")
    int max();

    @Doc("maximum number of discarded changes kept for audit; the oldest are removed first")
    @WithDefault("10000")
    @Range(min = "0", max = "1000000")
    int discardedMax();
  }

  /** The movements of items. */
  interface History {
    @Doc("whether to keep movements, for history and for stock as of a past moment")
    @WithDefault("true")
    boolean enabled();

    @Doc("how long to keep movements")
    @WithDefault("30d")
    @Range(min = "1s", max = "36500d")
    Duration retention();

    @Doc("maximum bytes of history, before compression; the oldest movements are removed first")
    @WithDefault("16GiB")
    @Range(min = "1MiB", max = "64TiB")
    ByteSize bytesMax();
  }

  /** The gRPC API. */
  interface Grpc {
    @Doc("bind address of the gRPC API")
    @WithDefault("127.0.0.1")
    String host();

    @Doc("port of the gRPC API; 0 picks a free one")
    @Range(min = "0", max = "65535")
    int port();
  }
}
