package dev.holdfast.cli.sync;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.GlobalViewClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast sync status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
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
final class SyncStatusCommand implements Callable<Integer>, OnAggregator {
  private final Session session;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  SyncStatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (GlobalViewClient client = connection.aggregator()) {
      SyncStatus status = new SyncStatus(Await.answer(client.sync().status()));
      status.print(output, session);
      return status.isGood() ? 0 : 1;
    }
  }

  @Override
  public String whatThereIs() {
    return "holdfast cluster status";
  }
}
