package dev.holdfast.aggregator.config;

import dev.holdfast.common.config.ByteSize;
import dev.holdfast.common.config.ClusterNodes;
import dev.holdfast.common.config.ConfigLoader;
import dev.holdfast.common.config.Doc;
import dev.holdfast.common.config.HttpKeys;
import dev.holdfast.common.config.NodeKeys;
import dev.holdfast.common.config.Range;
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

  DeadLetters deadLetters();

  History history();

  /** The cluster to follow. */
  interface Cluster {
    @Doc("name of the cluster to follow; data of another one is refused")
    String id();

    @Doc("all store nodes: id=host:port/host:port (gRPC, then Raft) with ',' between")
    ClusterNodes nodes();
  }

  /** Bounds of the dead letter queue, each per partition. */
  interface DeadLetters {
    @Doc("changes that may be parked; as long as there are so many, nothing more is applied")
    @WithDefault("10000")
    @Range(min = "1", max = "1000000")
    int max();

    @Doc("changes that were given up and are kept for audit; those of the oldest events go first")
    @WithDefault("10000")
    @Range(min = "0", max = "1000000")
    int discardedMax();
  }

  /** The movements of items. */
  interface History {
    @Doc("whether movements are kept, for history and stock as of a time")
    @WithDefault("true")
    boolean enabled();

    @Doc("how long movements are kept")
    @WithDefault("30d")
    @Range(min = "1s", max = "36500d")
    Duration retention();

    @Doc("bytes of history, before compression; when there are more, the oldest goes")
    @WithDefault("16GiB")
    @Range(min = "1MiB", max = "64TiB")
    ByteSize bytesMax();
  }

  /** The gRPC API. */
  interface Grpc {
    @Doc("address that the gRPC API binds to")
    @WithDefault("127.0.0.1")
    String host();

    @Doc("port of the gRPC API; 0 takes a free one")
    @Range(min = "0", max = "65535")
    int port();
  }
}
