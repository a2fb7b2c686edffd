package dev.holdfast.cli.sync;

import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.PositionText;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code holdfast sync now}. */
@Command(
    name = "now",
    description = "Waits until the view includes everything committed before the call.",
    footer = {
      "",
      "Examples:",
      "  holdfast sync now",
      "  holdfast sync now --timeout 60",
    })
@OnAggregator(whatThereIs = "holdfast sync status")
final class SyncNowCommand extends RemoteCommand implements Runnable {
  @Override
  public void run() {
    List<Long> sequences = askAggregator(client -> client.sync().syncNow()).getSequencesList();
    List<Position> reached = new ArrayList<>();
    for (int partition = 0; partition < sequences.size(); partition++) {
      long sequence = sequences.get(partition);
      reached.add(Position.newBuilder().setPartition(partition).setSequence(sequence).build());
    }
    output.print(PositionText.COLUMNS, reached);
  }
}
