package dev.holdfast.common.client;

import com.google.protobuf.Message;
import dev.holdfast.common.client.TryTimeouts.Try;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Statuses;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call through all its tries, of which one runs at a time. Written against the bare ClientCall:
 * when the first try succeeds, it costs this object, its future and no change of thread.
 */
final class UnaryCall<Q, R> extends ClientCall.Listener<R> {
  /** The largest request that nodes accept. */
  private static final int REQUEST_BYTES_MAX = 4 << 20;

  private static final Status RUN_OUT =
      Status.DEADLINE_EXCEEDED.withDescription("no answer within the time of one try");

  private final Calls calls;
  private final Operation<Q, R> operation;
  private final @Nullable String store;
  private final Q request;
  private final long startedNanos = System.nanoTime();
  private final CompletableFuture<R> answer = new CompletableFuture<>();

  // Of the try that runs. Tries follow each other through the transport or the timer, which order
  // the accesses.
  private int triesBefore;
  private boolean mayHaveHappened;
  private @Nullable NodeChannel node;
  private @Nullable Metadata headers;
  private @Nullable R response;
  private @Nullable Try running;
  private long sentNanos;

  UnaryCall(Calls calls, Operation<Q, R> operation, @Nullable String store, Q request) {
    this.calls = calls;
    this.operation = operation;
    this.store = store;
    this.request = request;
  }

  CompletableFuture<R> start() {
    int bytes = ((Message) request).getSerializedSize();
    if (bytes > REQUEST_BYTES_MAX) {
      answer.completeExceptionally(tooLarge(bytes));
    } else {
      tryOnce();
    }
    return answer;
  }

  /** Refuses a large request here, since servers refuse it as if the call had been made. */
  private static InvalidRequestException tooLarge(int bytes) {
    String rule = "must be %d bytes at most, was %d: ask for less at a time";
    FieldViolation violation =
        new FieldViolation("request", rule.formatted(REQUEST_BYTES_MAX, bytes));
    return new InvalidRequestException(Failure.of(Statuses.invalid(List.of(violation))));
  }

  /** Also runs on the timer, which would swallow exceptions. */
  private void tryOnce() {
    try {
      startTry();
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }

  /** The send time of the answered try; meaningful once there is an answer. */
  long sentNanos() {
    return sentNanos;
  }

  private void startTry() {
    sentNanos = System.nanoTime();
    NodeChannel chosen = calls.router().pick(store, triesBefore, node);
    node = chosen;
    headers = null;
    response = null;
    ClientCall<Q, R> call = chosen.channel().newCall(operation.method(), options());
    running = calls.timeouts().start(call);
    call.start(this, new Metadata());
    call.request(2); // as generated stubs do: a second message would be a protocol error
    call.sendMessage(request);
    call.halfClose();
  }

  private CallOptions options() {
    return operation.mayWait() ? calls.timeouts().asDeadline() : CallOptions.DEFAULT;
  }

  @Override
  public void onHeaders(Metadata received) {
    headers = received;
  }

  @Override
  public void onMessage(R message) {
    response = message;
  }

  /** Completes the future in any case. */
  @Override
  public void onClose(Status status, Metadata trailers) {
    try {
      closed(status, trailers);
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
      throw e;
    }
  }

  /** An answer that arrives just when the try is given up counts. */
  private void closed(Status status, Metadata trailers) {
    endTry();
    R received = response;
    if (status.getCode() == Status.Code.CANCELLED && hasRunOut()) {
      failed(Failure.of(RUN_OUT, new Metadata(), headers));
    } else if (!status.isOk()) {
      failed(Failure.of(status, trailers, headers));
    } else if (received == null) {
      failed(Failure.of(Status.INTERNAL.withDescription("no answer"), new Metadata(), headers));
    } else {
      noteHealth(null);
      answer.complete(received);
    }
  }

  private void endTry() {
    if (running != null) {
      running.end();
    }
  }

  private boolean hasRunOut() {
    return running != null && running.timedOut();
  }

  private void failed(Failure told) {
    Failure failure = node == null ? told : node.explained(told);
    noteHealth(failure);
    FailureKind kind = FailureKind.of(failure);
    mayHaveHappened |= kind == FailureKind.UNKNOWN && operation.isMutation();
    triesBefore++;
    if (kind == FailureKind.FINAL && mayHaveHappened && failure.isBlindToEarlierTries()) {
      giveUp(failure); // this node refused this try without looking for an earlier one
    } else if (kind == FailureKind.FINAL) {
      answer.completeExceptionally(HoldfastException.of(failure));
    } else {
      calls.router().onLost();
      retry(failure);
    }
  }

  private void retry(Failure failure) {
    long pauseMillis = calls.patience().pauseMillis(triesBefore, failure);
    if (calls.patience().isOver(startedNanos, pauseMillis) || calls.router().isHopeless()) {
      giveUp(failure);
      return;
    }
    try {
      var unused = calls.timer().schedule(this::tryOnce, pauseMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      giveUp(failure);
    }
  }

  private void giveUp(Failure failure) {
    answer.completeExceptionally(
        mayHaveHappened
            ? new OutcomeUnknownException(failure.asUnknown(RequestFields.key((Message) request)))
            : new UnavailableException(failure));
  }

  private void noteHealth(@Nullable Failure failure) {
    NodeChannel tried = node;
    if (tried == null) {
      return;
    }
    if (failure != null && failure.blamesNode()) {
      tried.failed(failure);
    } else {
      tried.answered();
    }
  }
}
