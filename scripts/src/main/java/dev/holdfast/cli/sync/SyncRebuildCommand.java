package dev.holdfast.cli.sync;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.verify.ProofColumns;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.aggregator.v1.PartitionProof;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast sync rebuild}. */
@Command(
    name = "rebuild",
    description = {
      "Replaces a partition's part of the view with an export from the store nodes, and proves it.",
      "Exit code 0 when it was proven equal, otherwise 1."
    },
    footer = {"", "Example:", "  holdfast sync rebuild 1"})
@OnAggregator(whatThereIs = "holdfast sync status")
final class SyncRebuildCommand extends RemoteCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PARTITION", description = "the partition, from 0")
  private int partition;

  @Override
  public Integer call() {
    try (GlobalViewClient client = connection.patientAggregator()) {
      PartitionProof proof = Await.answer(client.sync().rebuild(partition)).getProof();
      output.print(ProofColumns.PARTITION, List.of(proof));
      return proof.getEqual() ? 0 : 1;
    }
  }
}
