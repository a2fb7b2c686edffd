package dev.holdfast.cli.sync;

import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusResponse;
import dev.holdfast.proto.aggregator.v1.PartitionSync;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sync status: one row per partition, and a summary line. */
record SyncStatus(GetSyncStatusResponse status) {
  private static final List<Column<PartitionSync>> COLUMNS =
      List.of(
          new Column<>("partition", PartitionSync::getPartition),
          new Column<>("node", PartitionSync::getNodeId),
          new Column<>("connected", PartitionSync::getConnected),
          new Column<>("cursor", PartitionSync::getCursor),
          new Column<>("head", row -> known(row.getHead())),
          new Column<>("lag_events", row -> known(row.getLagEvents())),
          new Column<>("age_millis", row -> known(row.getAgeMillis())),
          new Column<>("proven", PartitionSync::getProvenSequence),
          new Column<>("records", row -> row.getDigest().getRecords()),
          new Column<>("on_hand", row -> row.getDigest().getOnHand()),
          new Column<>("reserved", row -> row.getDigest().getReserved()),
          new Column<>("untrusted", PartitionSync::getUntrusted),
          new Column<>("paused", PartitionSync::getPaused),
          new Column<>("last_error", PartitionSync::getLastError));

  /** Returns null for -1, by which the aggregator says that a value is unknown. */
  private static @Nullable Object known(long value) {
    return value < 0 ? null : value;
  }

  void print(OutputOptions output, PrintWriter err) {
    output.print(COLUMNS, status.getPartitionsList());
    err.printf(
        "%s, %d changes parked, %d violations open%n",
        state(), status.getParkedChanges(), status.getOpenViolations());
  }

  private String state() {
    if (status.getRunning()) {
      return "running";
    }
    return status.getPartitionsCount() == 0 ? "no store node has answered yet" : "stopped";
  }

  /** Whether the view is up to date, complete and trusted. */
  boolean isGood() {
    return status.getRunning()
        && status.getPartitionsCount() > 0
        && status.getParkedChanges() == 0
        && status.getOpenViolations() == 0
        && status.getPartitionsList().stream().allMatch(SyncStatus::isFollowed);
  }

  private static boolean isFollowed(PartitionSync part) {
    return part.getConnected() && part.getUntrusted().isEmpty() && part.getPaused().isEmpty();
  }
}
