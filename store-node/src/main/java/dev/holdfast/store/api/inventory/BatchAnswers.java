package dev.holdfast.store.api.inventory;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.store.api.call.EarlierMark;
import dev.holdfast.store.api.call.Positions;
import dev.holdfast.store.api.call.RefusalAnswers;
import dev.holdfast.store.commit.Earlier;

/** Outcomes of commands in batches and orders. */
public final class BatchAnswers {
  private BatchAnswers() {}

  static CommandOutcome outcome(
      int partition, long sequence, RecordedEvent recorded, RefusalAnswers refusals) {
    Refusal refusal = RefusalAnswers.refusal(recorded);
    return refusal == null
        ? outcome(accepted(partition, sequence, recorded))
        : refused(refusal, refusals);
  }

  static CommandOutcome outcome(
      int partition, long sequence, Earlier earlier, RefusalAnswers refusals) {
    Refusal refusal = RefusalAnswers.refusal(earlier);
    return refusal == null
        ? outcome(
            accepted(partition, sequence, earlier.event()).setEarlier(EarlierMark.of(earlier)))
        : refused(refusal, refusals);
  }

  private static CommandOutcome refused(Refusal refusal, RefusalAnswers refusals) {
    return CommandOutcome.newBuilder().setError(refusals.status(refusal)).build();
  }

  private static CommandOutcome outcome(Accepted.Builder accepted) {
    return CommandOutcome.newBuilder().setAccepted(accepted).build();
  }

  static Accepted.Builder accepted(int partition, long sequence, RecordedEvent recorded) {
    return accepted(recorded.event()).setPosition(Positions.of(partition, sequence));
  }

  public static Accepted.Builder accepted(Event event) {
    Accepted.Builder accepted = Accepted.newBuilder();
    InventoryKinds.of(event).tell(event, accepted);
    return accepted;
  }
}
