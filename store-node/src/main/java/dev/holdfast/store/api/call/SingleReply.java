package dev.holdfast.store.api.call;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.store.commit.Earlier;
import dev.holdfast.store.commit.Reply;
import io.grpc.stub.StreamObserver;
import java.util.function.BiFunction;

/** Ends a single call with the outcome of its command. */
final class SingleReply<R> implements Reply {
  private final int partition;
  private final StreamObserver<R> caller;
  private final BiFunction<Event, Position, R> respond;
  private final RefusalAnswers refusals;
  private final EarlierMark mark = new EarlierMark();

  SingleReply(
      int partition,
      StreamObserver<R> caller,
      BiFunction<Event, Position, R> respond,
      RefusalAnswers refusals) {
    this.partition = partition;
    this.caller = caller;
    this.respond = respond;
    this.refusals = refusals;
  }

  @Override
  public void decided(int index, long sequence, RecordedEvent event) {
    Refusal refusal = RefusalAnswers.refusal(event);
    if (refusal == null) {
      caller.onNext(response(sequence, event));
      caller.onCompleted();
    } else {
      caller.onError(refusals.exception(refusal));
    }
  }

  @Override
  public void decidedBefore(int index, long sequence, Earlier earlier) {
    mark.onHeaders(earlier);
    Refusal refusal = RefusalAnswers.refusal(earlier);
    if (refusal == null) {
      caller.onNext(EarlierMark.marked(response(sequence, earlier.event()), earlier));
      caller.onCompleted();
    } else {
      caller.onError(refusals.exception(refusal));
    }
  }

  private R response(long sequence, RecordedEvent event) {
    return respond.apply(event.event(), Positions.of(partition, sequence));
  }

  @Override
  public void failed(int index, Reason reason, String message) {
    caller.onError(Statuses.exception(new Refusal(reason, message)));
  }
}
