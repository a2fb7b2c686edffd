package dev.holdfast.store.api.call;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** Remembers what a caller was told. */
public final class RecordedCaller<R> implements StreamObserver<R> {
  private final List<String> calls = new ArrayList<>();
  private final List<R> responses = new ArrayList<>();

  @Override
  public void onNext(R response) {
    calls.add("next");
    responses.add(response);
  }

  @Override
  public void onError(Throwable error) {
    calls.add("error " + error.getMessage());
  }

  @Override
  public void onCompleted() {
    calls.add("completed");
  }

  public List<String> calls() {
    return calls;
  }

  public List<R> responses() {
    return responses;
  }
}
