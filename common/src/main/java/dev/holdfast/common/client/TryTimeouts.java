package dev.holdfast.common.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends tries that get no answer. All tries of a client may take equally long, so they run out in
 * the order in which they were started: a queue and one look now and then are enough, where a
 * deadline of gRPC costs a timer per call, on both sides. A try that is over releases its call, so
 * the queue behind a slow one stays small. For any thread.
 */
final class TryTimeouts {
  private static final Logger LOG = LoggerFactory.getLogger(TryTimeouts.class);
  private static final long LOOK_MILLIS = 50;

  private final Queue<Try> started = new ConcurrentLinkedQueue<>();
  private final long timeoutNanos;

  TryTimeouts(Duration timeout) {
    this.timeoutNanos = timeout.toNanos();
  }

  /** A try that is under way. */
  static final class Try {
    private final long startedNanos = System.nanoTime();
    private volatile @Nullable ClientCall<?, ?> call;
    private volatile boolean timedOut;

    private Try(ClientCall<?, ?> call) {
      this.call = call;
    }

    /** Ends the try, since it has its answer. */
    void end() {
      call = null;
    }

    private void runOut() {
      ClientCall<?, ?> late = call;
      if (late != null) {
        timedOut = true;
        cancel(late);
      }
    }

    /** Exceptions of one call must not end the watch over the others. */
    private static void cancel(ClientCall<?, ?> late) {
      try {
        late.cancel("no answer in time", null);
      } catch (RuntimeException e) {
        LOG.warn("a call that got no answer could not be cancelled", e);
      }
    }

    boolean timedOut() {
      return timedOut;
    }
  }

  void watchOn(ScheduledExecutorService timer) {
    var unused =
        timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The timeout of a try as a deadline for the server. */
  CallOptions asDeadline() {
    return CallOptions.DEFAULT.withDeadlineAfter(timeoutNanos, TimeUnit.NANOSECONDS);
  }

  Try start(ClientCall<?, ?> call) {
    Try started = new Try(call);
    this.started.add(started);
    return started;
  }

  private void look() {
    long now = System.nanoTime();
    Try oldest = started.peek();
    while (oldest != null && (oldest.call == null || now - oldest.startedNanos >= timeoutNanos)) {
      started.poll();
      oldest.runOut();
      oldest = started.peek();
    }
  }
}
