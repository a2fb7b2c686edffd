package dev.holdfast.common.client;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream of messages that any node can send. When the node fails or falls silent, the stream
 * continues on another one. Gives up when no node has answered for the budget.
 */
final class ResumedStream<Q, R> implements AutoCloseable {
  /** Nodes send something every second. */
  private static final long SILENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final long SILENCE_CHECK_MILLIS = 500;

  /** Takes the messages, one after the other, on network threads. */
  interface Reader<Q, R> {
    /** The request that continues after the last message taken. */
    Q request();

    /** Handles a message; an exception ends the stream. */
    void take(R message);

    /** Reports that the stream was interrupted; it continues by itself. */
    void interrupted(HoldfastException why);
  }

  private final MethodDescriptor<Q, R> method;
  private final Reader<Q, R> reader;
  private final Connections connections;
  private final Calls.Patience patience;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  // guarded by this
  private @Nullable Stream current;
  private @Nullable NodeChannel node;
  private int tries;
  private boolean endAfterMessage;
  private final Set<NodeChannel> truncated = new HashSet<>();
  private long heardNanos = System.nanoTime();

  ResumedStream(
      MethodDescriptor<Q, R> method,
      Reader<Q, R> reader,
      Connections connections,
      Duration budget) {
    this.method = method;
    this.reader = reader;
    this.connections = connections;
    this.patience = Calls.Patience.of(budget);
  }

  void start() {
    open();
    Future<?> watching =
        connections
            .timer()
            .scheduleWithFixedDelay(
                this::checkSilence,
                SILENCE_CHECK_MILLIS,
                SILENCE_CHECK_MILLIS,
                TimeUnit.MILLISECONDS);
    var unused = end.whenComplete((done, failure) -> watching.cancel(false));
  }

  /** Completes when the stream is closed; fails when it cannot continue. */
  CompletableFuture<Void> end() {
    return end.copy();
  }

  private synchronized void open() {
    guarded(this::openStream);
  }

  private void openStream() {
    if (!end.isDone()) {
      node = connections.nodes().any(node);
      current = new Stream();
      ClientCalls.asyncServerStreamingCall(
          node.channel().newCall(method, CallOptions.DEFAULT), reader.request(), current);
    }
  }

  private synchronized void received(Stream from, R message) {
    if (from != current || end.isDone()) {
      return;
    }
    tries = 0;
    from.answered = true;
    truncated.clear();
    if (node != null) {
      node.answered();
    }
    guarded(() -> reader.take(message));
    heardNanos = System.nanoTime(); // taken now, since a slow reader is not a silent node
    if (endAfterMessage) {
      end.complete(null);
      leave();
    }
  }

  /**
   * Ends the stream if a step throws, since the threads of the network and the timer would swallow
   * the exception.
   */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      end.completeExceptionally(e);
    }
  }

  private synchronized void lost(Stream from, Failure told) {
    if (from != current || end.isDone()) {
      return;
    }
    current = null;
    tries++;
    Failure failure = node == null ? told : node.explained(told);
    if (node != null && failure.blamesNode()) {
      node.failed(failure);
    }
    long pause = patience.pauseMillis(tries, failure);
    HoldfastException why = HoldfastException.of(failure);
    if (isFinal(from, failure)
        || patience.isOver(heardNanos, pause)
        || connections.nodes().allRefuse()) {
      end.completeExceptionally(why);
    } else {
      guarded(() -> goOnLater(why, pause));
    }
  }

  private void goOnLater(HoldfastException why, long pauseMillis) {
    reader.interrupted(why);
    var unused = connections.timer().schedule(this::open, pauseMillis, TimeUnit.MILLISECONDS);
  }

  private boolean isFinal(Stream from, Failure failure) {
    Refusal refusal = failure.refusal();
    if (refusal != null && refusal.reason() == Reason.HISTORY_TRUNCATED && node != null) {
      truncated.add(node); // another node may still have the events: each trims its own log
      return truncated.size() == connections.nodes().count();
    }
    if (failure.code() == Status.Code.UNAUTHENTICATED && from.answered) {
      return false; // the token has expired since: the next call takes the newer one
    }
    return FailureKind.of(failure) == FailureKind.FINAL;
  }

  private synchronized void checkSilence() {
    guarded(this::leaveIfSilent);
  }

  private void leaveIfSilent() {
    Stream silent = current;
    if (silent != null && silent.isSilent(heardNanos)) {
      Status status = Status.DEADLINE_EXCEEDED.withDescription("the node fell silent");
      lost(silent, Failure.of(status.asRuntimeException()));
      silent.cancel("silent");
    }
  }

  /** Ends the stream. If the reader calls it, the message in progress is completed first. */
  @Override
  public void close() {
    if (Thread.holdsLock(this)) {
      endAfterMessage = true;
    } else {
      end.complete(null);
      leave();
    }
  }

  private synchronized void leave() {
    Stream open = current;
    current = null;
    if (open != null) {
      open.cancel("closed");
    }
  }

  /** One call to one node. */
  private final class Stream implements ClientResponseObserver<Q, R> {
    private final long openedNanos = System.nanoTime();
    private @Nullable ClientCallStreamObserver<Q> call;
    private boolean answered; // guarded by the ResumedStream

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> opened) {
      call = opened;
    }

    boolean isSilent(long lastHeardNanos) {
      long now = System.nanoTime();
      return now - lastHeardNanos > SILENCE_NANOS && now - openedNanos > SILENCE_NANOS;
    }

    void cancel(String why) {
      if (call != null) {
        call.cancel(why, null);
      }
    }

    @Override
    public void onNext(R message) {
      received(this, message);
    }

    @Override
    public void onError(Throwable failure) {
      lost(this, Failure.of(failure));
    }

    @Override
    public void onCompleted() {
      lost(this, Failure.of(Status.UNAVAILABLE.withDescription("it ended").asRuntimeException()));
    }
  }
}
