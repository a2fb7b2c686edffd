package dev.holdfast.cli.sync;

import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.common.client.SyncClient;
import dev.holdfast.proto.aggregator.v1.GetSyncStatusResponse;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;

/** Starts or stops following the partitions, and shows the status. */
@OnAggregator(whatThereIs = "holdfast sync status")
abstract class SyncSwitchCommand extends RemoteCommand implements Runnable {

  /** Starts or stops; the value of the future has no meaning. */
  abstract CompletableFuture<?> apply(SyncClient sync);

  @Override
  public final void run() {
    GetSyncStatusResponse status =
        askAggregator(
            client -> apply(client.sync()).thenCompose(applied -> client.sync().status()));
    new SyncStatus(status).print(output, err());
  }

  /** {@code holdfast sync start}. */
  @Command(
      name = "start",
      description = "Resumes following the partitions after a stop, and shows the status.",
      footer = {"", "Example:", "  holdfast sync start"})
  static final class Start extends SyncSwitchCommand {
    @Override
    CompletableFuture<?> apply(SyncClient sync) {
      return sync.startSync();
    }
  }

  /** {@code holdfast sync stop}. */
  @Command(
      name = "stop",
      description = {
        "Stops following the partitions: the view stays as it is, and its age grows.",
        "It stays stopped across restarts, until: holdfast sync start"
      },
      footer = {"", "Example:", "  holdfast sync stop"})
  static final class Stop extends SyncSwitchCommand {
    @Override
    CompletableFuture<?> apply(SyncClient sync) {
      return sync.stopSync();
    }
  }
}
