package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.Cluster;
import dev.holdfast.deploy.power.LoopDisk;
import dev.holdfast.deploy.shims.NativeTools;

/** The clusters that faults need. */
enum Setting {
  /** Three store nodes and an aggregator, each with a disk of its own. */
  PLAIN,
  TWO_AGGREGATORS {
    @Override
    void prepare(Cluster cluster) {
      cluster.withAggregators(2);
    }
  },
  /** Libraries are preloaded into the nodes that can break their disks and shift their clocks. */
  SHIMS {
    @Override
    String missing() {
      return NativeTools.missing();
    }
  },
  /** The store nodes have small disks in memory. */
  SMALL_DISKS {
    @Override
    void prepare(Cluster cluster) {
      cluster.with("HOLDFAST_STORAGE_FREE_BYTES_MIN", Long.toString(96L << 20));
    }
  },
  /** The store nodes have disks whose power can fail. */
  LOOP_DISKS {
    @Override
    String missing() {
      return LoopDisk.missing();
    }
  },
  /** Nodes and callers have certificates and tokens, and everything on the disks is encrypted. */
  SECURE,
  FAILPOINTS_CRASH {
    @Override
    void prepare(Cluster cluster) {
      FailPointPlans.CRASH.giveTo(cluster);
    }
  },
  FAILPOINTS_FAIL {
    @Override
    void prepare(Cluster cluster) {
      FailPointPlans.FAIL.giveTo(cluster);
    }
  },
  FAILPOINTS_DELAY {
    @Override
    void prepare(Cluster cluster) {
      FailPointPlans.DELAY.giveTo(cluster);
    }
  };

  /** Why this machine cannot have such a cluster; empty when it can. */
  String missing() {
    return "";
  }

  /** Whether nodes end and replicas stop at any time, also while nothing else strikes them. */
  boolean isRestless() {
    return this == FAILPOINTS_CRASH || this == FAILPOINTS_FAIL;
  }

  /** Changes a cluster before its start. */
  void prepare(Cluster cluster) {}
}
