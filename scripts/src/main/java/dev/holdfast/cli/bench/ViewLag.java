package dev.holdfast.cli.bench;

import dev.holdfast.cli.FailedException;
import dev.holdfast.common.client.GlobalViewClient;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.AdjustStockResponse;
import dev.holdfast.proto.inventory.v1.GetGlobalStockRequest;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes at a fixed rate, regardless of the answers, and asks the view for a sample of the writes.
 * Measures from a write's answer to the view's answer that includes it.
 */
final class ViewLag {
  private static final int PER_SECOND = 5_000;
  private static final int TICKS_PER_SECOND = 200;
  private static final int WAITING_MAX = 20_000;
  private static final long MICROS_MAX = 120_000_000;

  private final WorkloadCalls calls;
  private final HoldfastClient stores;
  private final GlobalViewClient view;
  private final SplittableRandom random = new SplittableRandom(1);
  private final Recorder micros = new Recorder(MICROS_MAX, 3);
  private final Semaphore room = new Semaphore(WAITING_MAX);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  ViewLag(Items items, HoldfastClient stores, GlobalViewClient view) {
    this.calls = new WorkloadCalls(stores, items);
    this.stores = stores;
    this.view = view;
  }

  ViewRow measure(int partitions, Duration time) {
    long startedNanos = System.nanoTime();
    long ticks = time.toSeconds() * TICKS_PER_SECOND;
    for (long tick = 0; tick < ticks; tick++) {
      awaitTick(startedNanos, tick);
      writeSome();
    }
    room.acquireUninterruptibly(WAITING_MAX);
    double seconds = ViewBench.seconds(startedNanos);
    Throwable why = failure.get();
    if (why != null) {
      throw new FailedException("a write or the view failed: " + why.getMessage(), why);
    }
    long writes = ticks * (PER_SECOND / TICKS_PER_SECOND);
    return new ViewRow("lag", partitions, writes, seconds, micros.getIntervalHistogram());
  }

  private static void awaitTick(long startedNanos, long tick) {
    long at = startedNanos + tick * (Duration.ofSeconds(1).toNanos() / TICKS_PER_SECOND);
    for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Writes the share of one tick; follows the first write into the view. */
  private void writeSome() {
    follow(write(random));
    for (int i = 1; i < PER_SECOND / TICKS_PER_SECOND; i++) {
      count(write(random));
    }
  }

  private CompletableFuture<AdjustStockResponse> write(SplittableRandom any) {
    return stores.adjustStock(calls.adjustmentOfAny(any));
  }

  private void follow(CompletableFuture<AdjustStockResponse> write) {
    count(write.thenCompose(this::seen));
  }

  private CompletableFuture<?> seen(AdjustStockResponse written) {
    long answeredNanos = System.nanoTime();
    GetGlobalStockRequest request =
        GetGlobalStockRequest.newBuilder()
            .setSku(written.getStock().getSku())
            .addWaitFor(written.getPosition())
            .build();
    return view.get(request)
        .thenRun(() -> micros.recordValue((System.nanoTime() - answeredNanos) / 1_000));
  }

  /**
   * Counts a call until it ends. When too many wait, the next tick is late, and the rate shows it.
   */
  private void count(CompletableFuture<?> call) {
    room.acquireUninterruptibly();
    var unused =
        call.whenComplete(
            (done, thrown) -> {
              if (thrown != null) {
                failure.compareAndSet(null, thrown);
              }
              room.release();
            });
  }
}
