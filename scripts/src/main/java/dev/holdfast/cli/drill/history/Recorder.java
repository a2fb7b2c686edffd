package dev.holdfast.cli.drill.history;

import com.google.protobuf.Message;
import dev.holdfast.common.client.HoldfastException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records calls as they are made, by any number of threads. A call takes about 200 bytes once it
 * has ended.
 *
 * <p>Requests must name everything that a node would otherwise choose by itself: an idempotency key
 * and the ids of reservations and transfers. Without them nobody can tell afterwards whether a call
 * with an unknown outcome happened.
 */
public final class Recorder {
  private record Started(int client, long beginNanos, Message request) {
    Call ended(long nanos, Outcome outcome) {
      return new Call(client, beginNanos, nanos, request, outcome);
    }
  }

  private final LongSupplier nanos;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, Started> running = new ConcurrentHashMap<>();
  private final List<PackedCall> ended = new ArrayList<>();

  public Recorder() {
    this(System::nanoTime);
  }

  /** With another clock, which never runs backwards. */
  public Recorder(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Makes a call and records it. */
  public <Q extends Message, R extends Message> CompletableFuture<R> call(
      int client, Q request, Function<Q, CompletableFuture<R>> send) {
    Ticket ticket = begin(client, request);
    return send.apply(request)
        .whenComplete((answer, failure) -> ticket.end(outcome(answer, failure)));
  }

  private static Outcome outcome(@Nullable Message answer, @Nullable Throwable failure) {
    if (answer != null) {
      return new Outcome.Answered(answer);
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof HoldfastException known ? Outcome.of(known) : Outcome.Undecided.UNKNOWN;
  }

  /** Begins to record a call that is about to be sent in another way. */
  public Ticket begin(int client, Message request) {
    Recordable.check(request);
    long number = numbers.incrementAndGet();
    running.put(number, new Started(client, nanos.getAsLong(), request));
    return outcome -> end(number, outcome);
  }

  /** Records the end of a call. */
  public interface Ticket {
    void end(Outcome outcome);
  }

  private void end(long number, Outcome outcome) {
    long now = nanos.getAsLong();
    Started started = running.remove(number);
    if (started == null) {
      throw new IllegalStateException("the call has ended before");
    }
    PackedCall call = new PackedCall(started.ended(now, outcome));
    synchronized (ended) {
      ended.add(call);
    }
  }

  /** Adds calls that were recorded elsewhere, by the same clock. */
  public void add(History others) {
    synchronized (ended) {
      ended.addAll(others.packed());
    }
  }

  /** All calls so far; those that are still running have an unknown outcome. */
  public History history() {
    History history = new History();
    List<Started> open = new ArrayList<>(running.values());
    synchronized (ended) {
      ended.forEach(history::add);
    }
    open.forEach(call -> history.add(call.ended(Call.NEVER, Outcome.Undecided.UNKNOWN)));
    return history;
  }
}
