package dev.holdfast.cli.deadletter;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.ConnectionOptions;
import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.OutputOptions;
import dev.holdfast.cli.Session;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.output.Column;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterResponse;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast dlq retry}. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = {
      "Retries a parked change, then the changes of the same item that wait behind it.",
      "Exit code 0 when none failed again, otherwise 1."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast dlq retry 0-4711-berlin-TEA-1",
      "  holdfast dlq retry --all",
    })
final class DeadLetterRetryCommand implements Callable<Integer>, OnAggregator {
  private static final List<Column<RetryDeadLetterResponse>> COLUMNS =
      List.of(
          new Column<>("applied", RetryDeadLetterResponse::getApplied),
          new Column<>("failed", RetryDeadLetterResponse::getFailed));

  private final Session session;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "an id from: holdfast dlq list")
  private String id = "";

  @Option(names = "--all", description = "all parked changes")
  private boolean all;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  DeadLetterRetryCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (all != id.isEmpty()) {
      throw new UsageException("either an ID or --all is needed, and not both");
    }
    try (GlobalViewClient client = connection.aggregator()) {
      RetryDeadLetterRequest request = RetryDeadLetterRequest.newBuilder().setId(id).build();
      RetryDeadLetterResponse answer = Await.answer(client.deadLetters().retry(request));
      output.print(COLUMNS, List.of(answer), session);
      return answer.getFailed() == 0 ? 0 : 1;
    }
  }

  @Override
  public String whatThereIs() {
    return "holdfast dlq list";
  }
}
