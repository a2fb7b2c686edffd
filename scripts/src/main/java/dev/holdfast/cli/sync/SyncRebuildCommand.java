package dev.holdfast.cli.sync;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.verify.ProofColumns;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.aggregator.v1.PartitionProof;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast sync rebuild}. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = {
      "Replaces a partition's part of the view with an export from the store nodes, and proves it.",
      "Exit code 0 when it was proven equal, otherwise 1."
    },
    footer = {"", "Example:", "  holdfast sync rebuild 1"})
final class SyncRebuildCommand implements Callable<Integer>, OnAggregator {
  private final Session session;

  @Parameters(paramLabel = "PARTITION", description = "the partition, from 0")
  private int partition;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  SyncRebuildCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (GlobalViewClient client = connection.patientAggregator()) {
      PartitionProof proof = Await.answer(client.sync().rebuild(partition)).getProof();
      output.print(ProofColumns.PARTITION, List.of(proof), session);
      return proof.getEqual() ? 0 : 1;
    }
  }

  @Override
  public String whatThereIs() {
    return "holdfast sync status";
  }
}
