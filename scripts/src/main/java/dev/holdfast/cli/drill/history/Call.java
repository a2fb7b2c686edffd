package dev.holdfast.cli.drill.history;

import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One call of one client.
 *
 * @param client number of the client; checkers need only the times
 * @param beginNanos monotonic time before the request was sent
 * @param endNanos monotonic time after the outcome was known; {@link #NEVER} when it is not yet
 */
public record Call(int client, long beginNanos, long endNanos, Message request, Outcome outcome) {
  public static final long NEVER = Long.MAX_VALUE;

  public Kind kind() {
    return Kind.of(request);
  }

  /** The same call with another outcome. */
  public Call with(Outcome other) {
    return new Call(client, beginNanos, endNanos, request, other);
  }

  /** The commands of a batch, each as a call by itself; of any other call, the call. */
  public List<Call> operations() {
    if (!(request instanceof SubmitBatchRequest batch)) {
      return List.of(this);
    }
    return IntStream.range(0, batch.getCommandsCount())
        .mapToObj(i -> operation(Recordable.operation(batch.getCommands(i)), i))
        .toList();
  }

  private Call operation(Message command, int index) {
    return new Call(client, beginNanos, endNanos, command, outcomeOf(index));
  }

  private Outcome outcomeOf(int index) {
    if (outcome instanceof Outcome.Answered answered) {
      CommandOutcome part = ((SubmitBatchResponse) answered.answer()).getOutcomes(index);
      return part.hasError()
          ? Outcome.of(part.getError())
          : new Outcome.Answered(part.getAccepted());
    }
    return outcome instanceof Outcome.Refused ? Outcome.Undecided.NOT_TRIED : outcome;
  }
}
