package dev.holdfast.store.partition;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The gauges of a replica, one row each. */
final class ReplicaGauges {
  private static final List<ReplicaGauge> ALL =
      List.of(
          new ReplicaGauge(
              "holdfast.raft.leader",
              "1 where this replica leads the partition",
              r -> r.isLeading() ? 1 : 0),
          new ReplicaGauge(
              "holdfast.raft.faulted",
              "1 while this replica is stopped by a fault",
              r -> r.fault() == null ? 0 : 1),
          new ReplicaGauge(
              "holdfast.queue.commands",
              "commands that wait to be decided",
              PartitionReplica::queuedCommands),
          new ReplicaGauge("holdfast.raft.term", "term of the partition", r -> r.raft().term()),
          new ReplicaGauge(
              "holdfast.raft.committed.index",
              "last committed entry",
              r -> r.raft().committedIndex()),
          new ReplicaGauge(
              "holdfast.raft.applied.index", "last applied entry", r -> r.raft().appliedIndex()),
          new ReplicaGauge(
              "holdfast.raft.lag.entries",
              "entries of the log not yet applied",
              ReplicaGauges::lag),
          new ReplicaGauge(
              "holdfast.log.sequence", "last event of the log", r -> r.state().logEnd().sequence()),
          new ReplicaGauge(
              "holdfast.log.earliest.sequence",
              "first event that is kept",
              r -> r.state().earliestSequence()),
          new ReplicaGauge(
              "holdfast.digests.sequence",
              "event of the last digest",
              r -> r.state().logEnd().digests().recordedAt()),
          new ReplicaGauge(
              "holdfast.receipts.count",
              "receipts that are kept",
              r -> r.state().applied().receiptsCount()),
          new ReplicaGauge(
              "holdfast.rocksdb.sst.bytes",
              "table files of the state",
              r -> r.state().property("total-sst-files-size")),
          new ReplicaGauge(
              "holdfast.rocksdb.memtable.bytes",
              "memtables of the state",
              r -> r.state().property("size-all-mem-tables")),
          new ReplicaGauge(
              "holdfast.rocksdb.compaction.pending.bytes",
              "what compaction has yet to rewrite, by estimate",
              r -> r.state().property("estimate-pending-compaction-bytes")));

  /**
   * One gauge.
   *
   * @param what it is, for who reads the metrics
   */
  private record ReplicaGauge(String name, String what, ToDoubleFunction<PartitionReplica> value) {}

  private ReplicaGauges() {}

  static void register(PartitionReplica replica, MeterRegistry registry) {
    for (ReplicaGauge gauge : ALL) {
      Gauge.builder(gauge.name(), replica, gauge.value())
          .description(gauge.what())
          .tag("partition", Integer.toString(replica.partition()))
          .register(registry);
    }
  }

  private static double lag(PartitionReplica replica) {
    return Math.max(0, replica.raft().lastLogIndex() - replica.raft().appliedIndex());
  }
}
