package dev.holdfast.deploy.faults;

import dev.holdfast.deploy.cluster.Cluster;

/** The clusters that faults need. */
enum Setting {
  /** Three store nodes and an aggregator, each with a disk of its own. */
  PLAIN,
  TWO_AGGREGATORS {
    @Override
    void prepare(Cluster cluster) {
      cluster.withAggregators(2);
    }
  };

  /** Changes a cluster before its start. */
  void prepare(Cluster cluster) {}
}
