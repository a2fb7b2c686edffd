package dev.holdfast.cli.deadletter;

import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast dlq discard}. */
@Command(
    name = "discard",
    description = {
      "Discards a parked change, then tries the changes of the same item that wait behind it.",
      "The view then lacks the change until its partition is rebuilt: holdfast sync rebuild"
    },
    footer = {
      "",
      "Example:",
      "  holdfast dlq discard 0-4711-berlin-TEA-1 --reason 'written twice, ticket 812'",
    })
@OnAggregator(whatThereIs = "holdfast dlq list --discarded")
final class DeadLetterDiscardCommand extends RemoteCommand implements Runnable {
  private static final List<Column<DiscardDeadLetterResponse>> COLUMNS =
      List.of(new Column<>("applied", DiscardDeadLetterResponse::getApplied));

  @Parameters(paramLabel = "ID", description = "an id from: holdfast dlq list")
  private String id = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "the reason, kept for audit")
  private String reason = "";

  @Override
  public void run() {
    DiscardDeadLetterRequest request =
        DiscardDeadLetterRequest.newBuilder().setId(id).setReason(reason).build();
    DiscardDeadLetterResponse answer =
        askAggregator(client -> client.deadLetters().discard(request));
    output.print(COLUMNS, List.of(answer));
  }
}
