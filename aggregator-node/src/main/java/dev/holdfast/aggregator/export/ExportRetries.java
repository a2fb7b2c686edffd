package dev.holdfast.aggregator.export;

import com.google.common.util.concurrent.ListenableFuture;
import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.aggregator.source.Replica;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.StatusReader;
import io.github.resilience4j.core.IntervalFunction;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Asks a store node again when the connection was lost, for as long as it keeps an export. */
final class ExportRetries {
  private static final Duration PAUSE_MIN = Duration.ofMillis(100);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(2);
  private static final double PAUSE_FACTOR = 2;

  private final Replica replica;
  private final long millisMax;
  private final IntervalFunction pauses =
      IntervalFunction.ofExponentialBackoff(PAUSE_MIN, PAUSE_FACTOR, PAUSE_MAX);

  ExportRetries(Replica replica, long millisMax) {
    this.replica = replica;
    this.millisMax = millisMax;
  }

  /** Asks, and asks anew when no answer comes. */
  <T> T await(Supplier<ListenableFuture<T>> call) throws UnprovenException {
    return await(call.get(), call);
  }

  /** Waits for the answer to the first call, and asks anew when it does not come. */
  <T> T await(ListenableFuture<T> first, Supplier<ListenableFuture<T>> anew)
      throws UnprovenException {
    ListenableFuture<T> coming = first;
    long paused = 0;
    int attempt = 1;
    while (true) {
      try {
        return coming.get();
      } catch (ExecutionException e) {
        refuseWhatIsLost(e, paused);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      paused += pause(attempt++);
      replica.channel().resetConnectBackoff();
      coming = anew.get();
    }
  }

  private void refuseWhatIsLost(ExecutionException failure, long paused) throws UnprovenException {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    boolean gone = StatusReader.reasonOf(cause) == Reason.NOT_FOUND;
    Status.Code code = Status.fromThrowable(cause).getCode();
    boolean connectionLost =
        code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
    if (gone || !connectionLost || paused >= millisMax) {
      String what = gone ? "the export is gone" : "the export cannot be read";
      throw new UnprovenException(
          what + " on " + replica.nodeId() + ": " + cause.getMessage(), cause);
    }
  }

  private long pause(int attempt) throws UnprovenException {
    try {
      long millis = pauses.apply(attempt);
      TimeUnit.MILLISECONDS.sleep(millis);
      return millis;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static UnprovenException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new UnprovenException("the aggregator stops", cause);
  }
}
