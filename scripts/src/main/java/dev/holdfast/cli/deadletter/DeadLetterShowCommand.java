package dev.holdfast.cli.deadletter;

import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast dlq show}. */
@Command(
    name = "show",
    description = "Shows one parked change with its event from the log.",
    footer = {
      "",
      "Examples:",
      "  holdfast dlq show 0-4711-berlin-TEA-1",
      "  holdfast dlq show 0-4711-berlin-TEA-1 -o json",
    })
@OnAggregator(whatThereIs = "holdfast dlq list --discarded")
final class DeadLetterShowCommand extends RemoteCommand implements Runnable {
  @Parameters(paramLabel = "ID", description = "an id from: holdfast dlq list")
  private String id = "";

  @Override
  public void run() {
    GetDeadLetterResponse answer = askAggregator(client -> client.deadLetters().get(id));
    if (output.isTable()) {
      output.print(DeadLetterColumns.LIST, List.of(answer.getDeadLetter()));
      out().println();
      out().println(answer.getEventText().stripTrailing());
    } else {
      output.print(DeadLetterColumns.ONE, List.of(answer));
    }
  }
}
