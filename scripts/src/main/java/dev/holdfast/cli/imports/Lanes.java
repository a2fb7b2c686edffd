package dev.holdfast.cli.imports;

import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Spreads movements over lanes by item, and keeps the lanes moving. All work on lanes and outcomes
 * happens on one worker thread; the reader only hands lines over, and waits while too many are
 * undecided.
 */
final class Lanes {
  private static final int MIX = 0x9E3779B9;

  private final Sender sender;
  private final LaneLimits limits;
  private final ScheduledExecutorService worker;
  private final Outcomes outcomes;
  private final Semaphore room;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Map<Integer, Lane> lanes = new HashMap<>();

  private volatile boolean stopping;
  private volatile @Nullable String failure;
  private volatile @Nullable HoldfastException waitingFor;
  private boolean allRead;
  private int batchesOut;

  Lanes(Sender sender, LaneLimits limits, ScheduledExecutorService worker, Outcomes outcomes) {
    this.sender = sender;
    this.limits = limits;
    this.worker = worker;
    this.outcomes = outcomes;
    room = new Semaphore(limits.linesWaitingMax());
  }

  /** Takes movements, in order; waits for room. Returns false when the lanes take no more. */
  boolean add(List<FileMovement> movements) throws InterruptedException {
    while (!stopping) {
      if (room.tryAcquire(movements.size(), 100, TimeUnit.MILLISECONDS)) {
        worker.execute(guarded(() -> spread(movements)));
        return true;
      }
    }
    return false;
  }

  /** Takes a malformed line. */
  boolean addMalformed(long line, String message) throws InterruptedException {
    return report(told -> told.malformed(line, message));
  }

  /** Takes the outcome of a line that is not sent. */
  boolean report(Consumer<Outcomes> outcome) throws InterruptedException {
    while (!stopping) {
      if (room.tryAcquire(100, TimeUnit.MILLISECONDS)) {
        worker.execute(guarded(() -> outcome.accept(outcomes)));
        room.release();
        return true;
      }
    }
    return false;
  }

  /** Sends no more batches; those in flight still get their outcomes. */
  void stop() {
    stopping = true;
  }

  /** Waits until every line has its outcome, or no more outcomes will come. */
  void finish() throws InterruptedException {
    worker.execute(
        guarded(
            () -> {
              allRead = true;
              endIfDone();
            }));
    ended.await();
  }

  /** The reason why the import cannot go on; null while it can. */
  @Nullable String failure() {
    return failure;
  }

  /** The reason why lines are undecided at the moment; null when none are. */
  @Nullable HoldfastException waitingFor() {
    return waitingFor;
  }

  private void spread(List<FileMovement> movements) {
    movements.forEach(movement -> laneOf(movement.item()).add(movement));
    lanes.values().stream().filter(Lane::isFree).forEach(this::sendNext);
  }

  private Lane laneOf(StockKey item) {
    int hash = (item.hashCode() * MIX) >>> 16;
    int lane = sender.partitionOf(item.store()) * limits.lanesPerPartition();
    int index = lane + hash % limits.lanesPerPartition();
    return lanes.computeIfAbsent(
        index, first -> new Lane(limits.batchCommandsMax(), limits.rounds()));
  }

  private void sendNext(Lane lane) {
    if (!stopping && lane.hasWaiting()) {
      lane.openBatch(outcomes);
      send(lane);
    }
  }

  private void send(Lane lane) {
    batchesOut++;
    var unused =
        sender
            .send(lane.request())
            .whenComplete(
                (response, thrown) ->
                    worker.execute(guarded(() -> answered(lane, response, thrown))));
  }

  private void answered(
      Lane lane, @Nullable SubmitBatchResponse response, @Nullable Throwable thrown) {
    batchesOut--;
    if (response == null) {
      String what = thrown == null ? "no answer" : HoldfastException.from(thrown).getMessage();
      throw new IllegalStateException("a batch was refused as a whole: " + what, thrown);
    }
    int before = lane.openCount();
    HoldfastException undecided = lane.take(response, outcomes);
    room.release(before - lane.openCount());
    waitingFor = undecided;
    if (undecided != null) {
      sendAgain(lane, undecided);
    } else if (lane.isFree()) {
      sendNext(lane);
    } else {
      send(lane); // what is tried anew
    }
    endIfDone();
  }

  private void sendAgain(Lane lane, HoldfastException why) {
    long openMillis = (System.nanoTime() - lane.openedNanos()) / 1_000_000;
    if (openMillis > limits.patience().toMillis()) {
      fail("lines are undecided for " + openMillis / 1_000 + " s: " + why.getMessage());
    }
    if (stopping) {
      lane.abandon(String.valueOf(why.reason()), String.valueOf(why.getMessage()), outcomes);
      return;
    }
    batchesOut++; // the pause counts as in flight, so that the end waits for it
    long pause = limits.backoff().apply(lane.triesFailed());
    var unused =
        worker.schedule(
            guarded(
                () -> {
                  batchesOut--;
                  send(lane);
                }),
            pause,
            TimeUnit.MILLISECONDS);
  }

  private void endIfDone() {
    boolean nothingWaits = lanes.values().stream().noneMatch(Lane::hasWaiting);
    if (batchesOut == 0 && allRead && (stopping || nothingWaits)) {
      lanes.values().forEach(lane -> lane.abandon("FAULT", String.valueOf(failure), outcomes));
      ended.countDown();
    }
  }

  private void fail(String message) {
    if (failure == null) {
      failure = message;
    }
    stopping = true;
  }

  /** Wraps a task so that its fault ends the import, not the worker. */
  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        fail(String.valueOf(e.getMessage()));
        endIfDone();
      }
    };
  }
}
