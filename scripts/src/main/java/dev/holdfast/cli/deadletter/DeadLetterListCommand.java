package dev.holdfast.cli.deadletter;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.output.RowWriter;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.aggregator.v1.DeadLetter;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersRequest;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast dlq list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists parked changes, by partition and sequence.",
    footer = {
      "",
      "Examples:",
      "  holdfast dlq list",
      "  holdfast dlq list --sku TEA-1 --discarded -o json",
    })
final class DeadLetterListCommand implements Runnable, OnAggregator {
  private static final int PAGE_SIZE = 1_000;

  private final Session session;

  @Option(names = "--sku", paramLabel = "SKU", description = "only changes of this SKU")
  private String sku = "";

  @Option(names = "--discarded", description = "also discarded changes")
  private boolean discarded;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  DeadLetterListCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (GlobalViewClient client = connection.aggregator();
        RowWriter<DeadLetter> writer = output.writer(DeadLetterColumns.LIST, session)) {
      String token = "";
      do {
        ListDeadLettersResponse page = Await.answer(client.deadLetters().list(request(token)));
        page.getDeadLettersList().forEach(writer::write);
        token = page.getNextPageToken();
      } while (!token.isEmpty());
    }
  }

  private ListDeadLettersRequest request(String token) {
    return ListDeadLettersRequest.newBuilder()
        .setPageSize(PAGE_SIZE)
        .setPageToken(token)
        .setSku(sku)
        .setIncludeDiscarded(discarded)
        .build();
  }

  @Override
  public String whatThereIs() {
    return "holdfast dlq list";
  }
}
