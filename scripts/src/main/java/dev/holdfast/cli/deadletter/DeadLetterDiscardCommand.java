package dev.holdfast.cli.deadletter;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.output.Column;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast dlq discard}. */
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    description = {
      "Discards a parked change, then tries the changes of the same item that wait behind it.",
      "The view then lacks the change until its partition is rebuilt: holdfast sync rebuild"
    },
    footer = {
      "",
      "Example:",
      "  holdfast dlq discard 0-4711-berlin-TEA-1 --reason 'written twice, ticket 812'",
    })
final class DeadLetterDiscardCommand implements Runnable, OnAggregator {
  private static final List<Column<DiscardDeadLetterResponse>> COLUMNS =
      List.of(new Column<>("applied", DiscardDeadLetterResponse::getApplied));

  private final Session session;

  @Parameters(paramLabel = "ID", description = "an id from: holdfast dlq list")
  private String id = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "the reason, kept for audit")
  private String reason = "";

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  DeadLetterDiscardCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (GlobalViewClient client = connection.aggregator()) {
      DiscardDeadLetterRequest request =
          DiscardDeadLetterRequest.newBuilder().setId(id).setReason(reason).build();
      output.print(COLUMNS, List.of(Await.answer(client.deadLetters().discard(request))), session);
    }
  }

  @Override
  public String whatThereIs() {
    return "holdfast dlq list --discarded";
  }
}
