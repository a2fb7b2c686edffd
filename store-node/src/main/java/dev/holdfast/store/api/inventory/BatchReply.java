package dev.holdfast.store.api.inventory;

import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import dev.holdfast.store.api.call.RefusalAnswers;
import dev.holdfast.store.commit.Earlier;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.decide.HeldBack;
import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Collects the outcomes of a batch, which come from several partitions and threads, and answers
 * when the last one has come.
 */
final class BatchReply {
  private final CommandOutcome[] outcomes;
  private final AtomicInteger missing;
  private final StreamObserver<SubmitBatchResponse> caller;
  private final RefusalAnswers refusals;

  BatchReply(int commands, StreamObserver<SubmitBatchResponse> caller, RefusalAnswers refusals) {
    this.refusals = refusals;
    this.outcomes = new CommandOutcome[commands];
    this.missing = new AtomicInteger(commands);
    this.caller = caller;
  }

  /** Every index is set once; the counter publishes the array's elements. */
  void set(int index, CommandOutcome outcome) {
    outcomes[index] = outcome;
    if (missing.decrementAndGet() == 0) {
      caller.onNext(ShortAnswers.fitting(Arrays.asList(outcomes)));
      caller.onCompleted();
    }
  }

  /** The reply for the commands that one partition of this node decides. */
  Reply ofPartition(int partition) {
    HeldBack heldBack = new HeldBack();
    return new Reply() {
      @Override
      public HeldBack heldBack() {
        return heldBack;
      }

      @Override
      public void decided(int index, long sequence, RecordedEvent event) {
        set(index, BatchAnswers.outcome(partition, sequence, event, refusals));
      }

      @Override
      public void decidedBefore(int index, long sequence, Earlier earlier) {
        set(index, BatchAnswers.outcome(partition, sequence, earlier, refusals));
      }

      @Override
      public void failed(int index, Reason reason, String message) {
        set(index, CommandOutcome.newBuilder().setError(Statuses.of(reason, message)).build());
      }
    };
  }
}
