package dev.holdfast.cli.sync;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.GlobalViewClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code holdfast sync stop}. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = {
      "Stops following the partitions: the view stays as it is, and its age grows.",
      "It stays stopped across restarts, until: holdfast sync start"
    },
    footer = {"", "Example:", "  holdfast sync stop"})
final class SyncStopCommand implements Runnable, OnAggregator {
  private final Session session;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  SyncStopCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (GlobalViewClient client = connection.aggregator()) {
      Await.answer(client.sync().stopSync());
      new SyncStatus(Await.answer(client.sync().status())).print(output, session);
    }
  }

  @Override
  public String whatThereIs() {
    return "holdfast sync status";
  }
}
