package dev.holdfast.cli.deadletter;

import com.google.protobuf.ByteString;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.aggregator.v1.DeadLetter;
import dev.holdfast.proto.aggregator.v1.DeadLetterServiceGrpc.DeadLetterServiceImplBase;
import dev.holdfast.proto.aggregator.v1.DeadLetterState;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterResponse;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.GetDeadLetterResponse;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersRequest;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersResponse;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.RetryDeadLetterResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.TreeMap;

/** A queue of parked changes, which apply once they are mended; a page holds one. */
final class FakeDeadLetters extends DeadLetterServiceImplBase {
  private final TreeMap<String, DeadLetter> letters = new TreeMap<>();
  private boolean mended;

  synchronized void park(long sequence, String sku) {
    String id = "0-" + sequence + "-Oslo-" + sku;
    letters.put(
        id,
        DeadLetter.newBuilder()
            .setId(id)
            .setState(DeadLetterState.DEAD_LETTER_STATE_PARKED)
            .setSequence(sequence)
            .setStore("Oslo")
            .setSku(sku)
            .setReason("no such level")
            .setAttempts(3)
            .setParkedMillis(1_700_000_000_000L)
            .build());
  }

  synchronized void mend() {
    mended = true;
  }

  @Override
  public synchronized void listDeadLetters(
      ListDeadLettersRequest request, StreamObserver<ListDeadLettersResponse> out) {
    List<DeadLetter> found =
        letters.tailMap(request.getPageToken(), false).values().stream()
            .filter(one -> request.getSku().isEmpty() || one.getSku().equals(request.getSku()))
            .filter(one -> request.getIncludeDiscarded() || isParked(one))
            .toList();
    ListDeadLettersResponse.Builder page = ListDeadLettersResponse.newBuilder();
    found.stream().limit(1).forEach(page::addDeadLetters);
    if (found.size() > 1) {
      page.setNextPageToken(found.get(0).getId());
    }
    answer(out, page.build());
  }

  private static boolean isParked(DeadLetter letter) {
    return letter.getState() == DeadLetterState.DEAD_LETTER_STATE_PARKED;
  }

  @Override
  public synchronized void getDeadLetter(
      GetDeadLetterRequest request, StreamObserver<GetDeadLetterResponse> out) {
    DeadLetter letter = letters.get(request.getId());
    if (letter == null) {
      refuse(request.getId(), out);
    } else {
      answer(
          out,
          GetDeadLetterResponse.newBuilder()
              .setDeadLetter(letter)
              .setEvent(ByteString.copyFrom(new byte[] {10, 2}))
              .setEventText("stock_adjusted {\n  on_hand: 5\n}\n")
              .build());
    }
  }

  @Override
  public synchronized void retryDeadLetter(
      RetryDeadLetterRequest request, StreamObserver<RetryDeadLetterResponse> out) {
    if (request.getId().isEmpty() || exists(request.getId(), out)) {
      List<String> ids =
          request.getId().isEmpty() ? List.copyOf(letters.keySet()) : List.of(request.getId());
      if (mended) {
        letters.keySet().removeAll(ids);
      }
      answer(
          out,
          RetryDeadLetterResponse.newBuilder()
              .setApplied(mended ? ids.size() : 0)
              .setFailed(mended ? 0 : ids.size())
              .build());
    }
  }

  @Override
  public synchronized void discardDeadLetter(
      DiscardDeadLetterRequest request, StreamObserver<DiscardDeadLetterResponse> out) {
    if (exists(request.getId(), out)) {
      letters.computeIfPresent(
          request.getId(),
          (id, letter) ->
              letter.toBuilder()
                  .setState(DeadLetterState.DEAD_LETTER_STATE_DISCARDED)
                  .setReason(request.getReason())
                  .build());
      answer(out, DiscardDeadLetterResponse.newBuilder().setApplied(2).build());
    }
  }

  private boolean exists(String id, StreamObserver<?> out) {
    if (!letters.containsKey(id)) {
      refuse(id, out);
    }
    return letters.containsKey(id);
  }

  private static void refuse(String id, StreamObserver<?> out) {
    out.onError(Statuses.exception(Statuses.of(Reason.NOT_FOUND, "nothing is parked as " + id)));
  }

  private static <T> void answer(StreamObserver<T> out, T message) {
    out.onNext(message);
    out.onCompleted();
  }
}
