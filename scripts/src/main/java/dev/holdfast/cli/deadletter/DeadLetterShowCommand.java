package dev.holdfast.cli.deadletter;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code holdfast dlq show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows one parked change with its event from the log.",
    footer = {
      "",
      "Examples:",
      "  holdfast dlq show 0-4711-berlin-TEA-1",
      "  holdfast dlq show 0-4711-berlin-TEA-1 -o json",
    })
final class DeadLetterShowCommand implements Runnable, OnAggregator {
  private final Session session;

  @Parameters(paramLabel = "ID", description = "an id from: holdfast dlq list")
  private String id = "";

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  DeadLetterShowCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    try (GlobalViewClient client = connection.aggregator()) {
      GetDeadLetterResponse answer = Await.answer(client.deadLetters().get(id));
      if (output.isTable()) {
        output.print(DeadLetterColumns.LIST, List.of(answer.getDeadLetter()), session);
        session.out().println();
        session.out().println(answer.getEventText().stripTrailing());
      } else {
        output.print(DeadLetterColumns.ONE, List.of(answer), session);
      }
    }
  }

  @Override
  public String whatThereIs() {
    return "holdfast dlq list --discarded";
  }
}
