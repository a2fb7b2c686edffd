package dev.holdfast.aggregator.api;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.view.ViewReader;
import dev.holdfast.aggregator.view.VisibleStores;
import dev.holdfast.common.access.Caller;
import dev.holdfast.common.access.Stores;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Reads the view for answers, on the executor for reads, once it includes some positions. */
final class ViewReads {
  private final ViewReader view;
  private final PositionWaits waits;
  private final ViewAges ages;
  private final Executor reads;

  /**
   * @param ticker the one that heads are stamped with
   * @param reads may reject what is too much
   * @param waitsMax answers that may wait for the view at one time
   */
  ViewReads(ViewReader view, ViewProgress progress, Ticker ticker, Executor reads, int waitsMax) {
    this.view = view;
    this.waits = new PositionWaits(progress, waitsMax);
    this.ages = new ViewAges(progress, ticker);
    this.reads = reads;
    progress.listen(waits);
  }

  /**
   * Reads once the view includes positions, which may be long after the rights of the caller were
   * asked for.
   *
   * @param positions by partition
   */
  <T> CompletableFuture<T> after(
      Map<Integer, Long> positions, Call<T> call, Function<ViewReading, T> read) {
    VisibleStores visible = visible();
    Caller caller = Caller.current();
    Stores seen = caller.visible();
    CompletableFuture<Void> reached = waits.reached(positions, call.timeToWait());
    call.onCancel(() -> reached.cancel(false));
    return reached.thenApplyAsync(
        done -> {
          requireUnchanged(caller, seen);
          return now(visible, read);
        },
        reads);
  }

  private static void requireUnchanged(Caller caller, Stores seen) {
    if (!caller.stillSees(seen)) {
      String what = "the rights of " + caller + " changed while this waited: ask again";
      throw Statuses.exception(new Refusal(Reason.STALE, what));
    }
  }

  /** Reads at once, on the caller's thread. */
  <T> T now(Function<ViewReading, T> read) {
    return now(visible(), read);
  }

  /** The stores of whoever makes the call that this thread serves. */
  static VisibleStores visible() {
    Stores stores = Caller.current().visible();
    return stores.isAll() ? VisibleStores.ALL : new VisibleStores(false, stores::contains);
  }

  private <T> T now(VisibleStores visible, Function<ViewReading, T> read) {
    try (ViewReading reading = ViewReading.of(view, ages, visible)) {
      return read.apply(reading);
    }
  }
}
