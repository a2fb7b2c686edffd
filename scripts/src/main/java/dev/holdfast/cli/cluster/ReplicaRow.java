package dev.holdfast.cli.cluster;

import dev.holdfast.cli.ContractWords;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.cluster.v1.GetNodeStatusResponse;
import dev.holdfast.proto.cluster.v1.GetTopologyResponse;
import dev.holdfast.proto.cluster.v1.RaftRole;
import dev.holdfast.proto.cluster.v1.ReplicaStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One replica of one partition and its node, as the node reports them.
 *
 * @param state the reason why nothing else is known; empty when the node answered
 */
record ReplicaRow(
    String node,
    String address,
    String state,
    GetNodeStatusResponse status,
    ReplicaStatus replica) {
  static final List<Column<ReplicaRow>> COLUMNS =
      List.of(
          new Column<>("node", ReplicaRow::node),
          new Column<>("address", ReplicaRow::address),
          new Column<>("partition", row -> row.replica.getPartition()),
          new Column<>("role", ReplicaRow::role),
          new Column<>("leader", row -> row.replica.getLeader()),
          new Column<>("incarnation", ReplicaRow::incarnation),
          new Column<>("term", row -> row.replica.getTerm()),
          new Column<>("applied_index", row -> row.replica.getAppliedIndex()),
          new Column<>("committed_index", row -> row.replica.getCommittedIndex()),
          new Column<>("sequence", row -> row.replica.getSequence()),
          new Column<>("snapshot_index", row -> row.replica.getSnapshotIndex()),
          new Column<>("queued", row -> row.replica.getQueuedCommands()),
          new Column<>("clock_offset_seconds", ReplicaRow::clockOffsetSeconds),
          new Column<>("disk", row -> row.status.getDiskNearlyFull() ? "nearly full" : ""),
          new Column<>("fault", ReplicaRow::trouble));

  /** The rows of a node that does not answer: its partitions, without any values. */
  static List<ReplicaRow> silent(String node, String address, GetTopologyResponse topology) {
    GetNodeStatusResponse nothing = GetNodeStatusResponse.getDefaultInstance();
    return topology.getPartitionsList().stream()
        .map(leader -> ReplicaStatus.newBuilder().setPartition(leader.getPartition()).build())
        .map(replica -> new ReplicaRow(node, address, "does not answer", nothing, replica))
        .toList();
  }

  private String role() {
    RaftRole role = replica.getRole();
    return role == RaftRole.RAFT_ROLE_UNSPECIFIED ? "" : ContractWords.word(role);
  }

  private String incarnation() {
    return replica.hasIncarnation() ? Integer.toString(replica.getIncarnation()) : "";
  }

  /** Positive when the clock is ahead of the majority's; null while unknown. */
  private @Nullable Double clockOffsetSeconds() {
    return status.hasClockOffsetMillis() ? status.getClockOffsetMillis() / 1000.0 : null;
  }

  private String trouble() {
    if (!state.isEmpty()) {
      return state;
    }
    return replica.getFault().isEmpty() && !replica.getAwaited().isEmpty()
        ? "waits: " + replica.getAwaited()
        : replica.getFault();
  }
}
