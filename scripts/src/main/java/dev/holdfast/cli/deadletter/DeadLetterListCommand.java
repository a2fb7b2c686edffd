package dev.holdfast.cli.deadletter;

import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.Pages;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.aggregator.v1.DeadLetter;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersRequest;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code holdfast dlq list}. */
@Command(
    name = "list",
    description = "Lists parked changes, by partition and sequence.",
    footer = {
      "",
      "Examples:",
      "  holdfast dlq list",
      "  holdfast dlq list --sku TEA-1 --discarded -o json",
    })
@OnAggregator(whatThereIs = "holdfast dlq list")
final class DeadLetterListCommand extends RemoteCommand implements Runnable {
  private static final int PAGE_SIZE = 1_000;

  @Option(names = "--sku", paramLabel = "SKU", description = "only changes of this SKU")
  private String sku = "";

  @Option(names = "--discarded", description = "also discarded changes")
  private boolean discarded;

  @Override
  public void run() {
    ListDeadLettersRequest.Builder request =
        ListDeadLettersRequest.newBuilder()
            .setPageSize(PAGE_SIZE)
            .setSku(sku)
            .setIncludeDiscarded(discarded);
    try (GlobalViewClient client = connection.aggregator();
        RowWriter<DeadLetter> writer = output.writer(DeadLetterColumns.LIST)) {
      Pages.forEach(
          token -> client.deadLetters().list(request.setPageToken(token).build()),
          ListDeadLettersResponse::getNextPageToken,
          page -> page.getDeadLettersList().forEach(writer::write));
    }
  }
}
