package dev.holdfast.store.api.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import dev.holdfast.store.api.call.RecordedCaller;
import dev.holdfast.store.api.call.RefusalAnswers;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.testing.Requests;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchesTest {
  private static final CommandOutcome ACCEPTED =
      CommandOutcome.newBuilder().setAccepted(Accepted.getDefaultInstance()).build();

  private final RecordedCaller<SubmitBatchResponse> caller = new RecordedCaller<>();
  private final BatchReply reply = new BatchReply(2, caller, RefusalAnswers.DEFAULT);
  private final Batches.Part part =
      new Batches.Part(
          List.of(
              new QueuedCommand(
                  Requests.of(Requests.adjust("berlin", "tea", 1)), reply.ofPartition(0), 0)),
          reply);

  /** The connection broke behind the answer: what was answered was decided. */
  @Test
  void shouldCountOnlyTheFirstAnswerOfAForwardedPart() {
    part.onNext(SubmitBatchResponse.newBuilder().addOutcomes(ACCEPTED).build());
    part.onError(Status.UNAVAILABLE.asRuntimeException());

    assertThat(caller.calls()).isEmpty();
    reply.set(1, ACCEPTED);
    assertThat(caller.calls()).containsExactly("next", "completed");
    assertThat(caller.responses().get(0).getOutcomesList()).containsExactly(ACCEPTED, ACCEPTED);
  }
}
