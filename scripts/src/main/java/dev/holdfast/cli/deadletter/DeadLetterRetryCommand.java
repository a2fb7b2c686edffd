package dev.holdfast.cli.deadletter;

import dev.holdfast.cli.OnAggregator;
import dev.holdfast.cli.RemoteCommand;
import dev.holdfast.cli.UsageException;
import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterResponse;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast dlq retry}. */
@Command(
    name = "retry",
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
@OnAggregator(whatThereIs = "holdfast dlq list")
final class DeadLetterRetryCommand extends RemoteCommand implements Callable<Integer> {
  private static final List<Column<RetryDeadLetterResponse>> COLUMNS =
      List.of(
          new Column<>("applied", RetryDeadLetterResponse::getApplied),
          new Column<>("failed", RetryDeadLetterResponse::getFailed));

  @Parameters(paramLabel = "ID", arity = "0..1", description = "an id from: holdfast dlq list")
  private String id = "";

  @Option(names = "--all", description = "all parked changes")
  private boolean all;

  @Override
  public Integer call() {
    if (all != id.isEmpty()) {
      throw new UsageException("either an ID or --all is needed, and not both");
    }
    RetryDeadLetterRequest request = RetryDeadLetterRequest.newBuilder().setId(id).build();
    RetryDeadLetterResponse answer = askAggregator(client -> client.deadLetters().retry(request));
    output.print(COLUMNS, List.of(answer));
    return answer.getFailed() == 0 ? 0 : 1;
  }
}
