package dev.holdfast.store.api;

import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.store.commit.Earlier;
import dev.holdfast.store.commit.Reply;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/** Ends a single call with what became of its command. */
final class SingleReply<R> implements Reply {
  private final int partition;
  private final StreamObserver<R> caller;
  private final Function<Accepted, R> respond;
  private final LockAnswer locks;
  private final EarlierMark mark = new EarlierMark();

  SingleReply(
      int partition, StreamObserver<R> caller, Function<Accepted, R> respond, LockAnswer locks) {
    this.partition = partition;
    this.caller = caller;
    this.respond = respond;
    this.locks = locks;
  }

  @Override
  public void decided(int index, long sequence, RecordedEvent event) {
    Refusal refusal = Answers.refusal(event);
    if (refusal == null) {
      caller.onNext(respond.apply(Answers.accepted(partition, sequence, event)));
      caller.onCompleted();
    } else {
      caller.onError(locks.exception(refusal));
    }
  }

  @Override
  public void decidedBefore(int index, long sequence, Earlier earlier) {
    mark.onHeaders(earlier);
    Refusal refusal = Answers.refusal(earlier);
    if (refusal == null) {
      R response = respond.apply(Answers.accepted(partition, sequence, earlier.event()));
      caller.onNext(EarlierMark.marked(response, earlier));
      caller.onCompleted();
    } else {
      caller.onError(locks.exception(refusal));
    }
  }

  @Override
  public void failed(int index, Reason reason, String message) {
    caller.onError(Statuses.exception(new Refusal(reason, message)));
  }
}
