package dev.holdfast.cli.sync;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.GlobalViewClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast sync start}. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {"Resumes following the partitions after a stop, and shows the status."},
    footer = {"", "Example:", "  holdfast sync start"})
final class SyncStartCommand implements Runnable, OnAggregator {
  private final Session session;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  SyncStartCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (GlobalViewClient client = connection.aggregator()) {
      Await.answer(client.sync().startSync());
      new SyncStatus(Await.answer(client.sync().status())).print(output, session);
    }
  }

  @Override
  public String whatThereIs() {
    return "holdfast sync status";
  }
}
