package dev.holdfast.store.transfers;

import dev.holdfast.store.decide.state.TransferState;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps callers that wait, each for a while, until their hand-over is settled. */
final class Arrivals {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final TransferState transfers;
  private final LongSupplier nanoTime;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  Arrivals(TransferState transfers, LongSupplier nanoTime) {
    this.transfers = transfers;
    this.nanoTime = nanoTime;
  }

  private record Waiting(int partition, long number, long untilNanos, Runnable go) {}

  /** Runs something when a hand-over is settled, or the time is over. On any thread. */
  void await(int destinationPartition, long number, long waitNanos, Runnable go) {
    waiting.add(new Waiting(destinationPartition, number, nanoTime.getAsLong() + waitNanos, go));
  }

  /**
   * Ends the waits whose time is over: first, without reading anything, those that waited long
   * enough. On one thread.
   */
  void check() {
    if (waiting.isEmpty()) {
      return;
    }
    long now = nanoTime.getAsLong();
    release(each -> each.untilNanos() - now <= 0);
    Map<Integer, Long> settled = new HashMap<>();
    release(each -> settled(each, settled));
  }

  private void release(Predicate<Waiting> isOver) {
    Iterator<Waiting> all = waiting.iterator();
    while (all.hasNext()) {
      Waiting each = all.next();
      if (isOver.test(each)) {
        all.remove();
        release(each);
      }
    }
  }

  private boolean settled(Waiting each, Map<Integer, Long> settled) {
    return each.number()
        <= settled.computeIfAbsent(
            each.partition(), partition -> transfers.outbound(partition).settled());
  }

  /** A caller that has gone keeps no other waiting. */
  private static void release(Waiting each) {
    try {
      each.go().run();
    } catch (RuntimeException e) {
      LOG.debug("an answer could not be given", e);
    }
  }
}
