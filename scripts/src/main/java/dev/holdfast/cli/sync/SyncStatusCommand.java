package dev.holdfast.cli.sync;

import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.RemoteCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code holdfast sync status}. */
@Command(
    name = "status",
    description = {
      "Shows the view's position in every partition, its last proof, and its totals.",
      "Exit code 0 when all partitions are followed and trusted, and nothing is parked; otherwise 1."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast sync status",
      "  holdfast sync status --aggregator 127.0.0.1:17111 -o json",
    })
@OnAggregator(whatThereIs = "holdfast cluster status")
final class SyncStatusCommand extends RemoteCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    SyncStatus status = new SyncStatus(askAggregator(client -> client.sync().status()));
    status.print(output, err());
    return status.isGood() ? 0 : 1;
  }
}
