package dev.holdfast.store.api;

import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.store.commit.Earlier;
import dev.holdfast.store.commit.Reply;
import io.grpc.stub.StreamObserver;

/** Ends a call about a transfer with what became of its command. */
final class TransferReply<E extends TransferEvent> implements Reply {
  private final int partition;
  private final StreamObserver<?> caller;
  private final Class<E> event;
  private final Respond<E> respond;
  private final LockAnswer locks;
  private final EarlierMark mark = new EarlierMark();

  /** Answers what was accepted. */
  interface Respond<E> {
    void run(E event, Position position);
  }

  /**
   * @param event that the command leads to when it is accepted
   */
  TransferReply(
      int partition,
      StreamObserver<?> caller,
      Class<E> event,
      Respond<E> respond,
      LockAnswer locks) {
    this.partition = partition;
    this.caller = caller;
    this.event = event;
    this.respond = respond;
    this.locks = locks;
  }

  @Override
  public void decided(int index, long sequence, RecordedEvent recorded) {
    Refusal refusal = Answers.refusal(recorded);
    if (refusal == null) {
      respond.run(event.cast(recorded.event()), Answers.position(partition, sequence));
    } else {
      caller.onError(locks.exception(refusal));
    }
  }

  @Override
  public void decidedBefore(int index, long sequence, Earlier earlier) {
    mark.onHeaders(earlier);
    Refusal refusal = Answers.refusal(earlier);
    if (refusal == null) {
      decided(index, sequence, earlier.event());
    } else {
      caller.onError(locks.exception(refusal));
    }
  }

  @Override
  public void failed(int index, Reason reason, String message) {
    caller.onError(Statuses.exception(new Refusal(reason, message)));
  }
}
