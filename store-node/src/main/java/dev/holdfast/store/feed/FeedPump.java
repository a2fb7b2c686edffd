package dev.holdfast.store.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves readers of the log on one thread. New events and room on a connection only set a flag and
 * wake it; a round goes over all readers, so none can starve another.
 */
public final class FeedPump implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedPump.class);
  private static final long HEARTBEAT_CHECK_MILLIS = 250;
  private static final long STOP_SECONDS_MAX = 10;

  private final List<Outlet> outlets = new ArrayList<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile boolean watched;
  private final ScheduledExecutorService thread;

  /**
   * @param name of its thread
   */
  public FeedPump(String name) {
    thread = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
    var unused =
        thread.scheduleWithFixedDelay(
            this::heartbeats,
            HEARTBEAT_CHECK_MILLIS,
            HEARTBEAT_CHECK_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  void add(Outlet outlet) {
    try {
      thread.execute(() -> take(outlet));
    } catch (RejectedExecutionException stopping) {
      outlet.close();
    }
  }

  /** Wakes after adding: a round that was asked for before would not see the newcomer. */
  private void take(Outlet outlet) {
    outlets.add(outlet);
    watched = true;
    wake();
  }

  /** Something may be there to send. Cheap, for any thread. */
  public void wake() {
    if (watched && scheduled.compareAndSet(false, true)) {
      try {
        thread.execute(this::round);
      } catch (RejectedExecutionException stopping) {
        scheduled.set(true); // closed: nothing is sent any more
      }
    }
  }

  private void round() {
    scheduled.set(false);
    outlets.removeIf(Outlet::isOver);
    boolean more = false;
    for (Outlet outlet : List.copyOf(outlets)) {
      more |= serve(outlet, Outlet::pump);
    }
    watched = !outlets.isEmpty();
    if (more) {
      wake();
    }
  }

  private void heartbeats() {
    for (Outlet outlet : List.copyOf(outlets)) {
      serve(
          outlet,
          each -> {
            each.heartbeat();
            return false;
          });
    }
  }

  /**
   * What one reader throws ends that reader: those behind it are served, and so is the next beat.
   */
  private boolean serve(Outlet outlet, Predicate<Outlet> serving) {
    try {
      return serving.test(outlet);
    } catch (RuntimeException | Error e) {
      LOG.error("serving a reader of the log failed; it is sent away", e);
      outlets.remove(outlet);
      end(outlet, Outlet::failed);
      return false;
    }
  }

  private static void end(Outlet outlet, Consumer<Outlet> ending) {
    try {
      ending.accept(outlet);
    } catch (RuntimeException | Error e) {
      LOG.error("a reader of the log cannot be told that it ends", e);
    }
  }

  /**
   * Ends all readers, so that their readers go to another replica at once. Nothing reads the log
   * any more when this returns. Safe to repeat.
   */
  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    thread.execute(() -> outlets.forEach(outlet -> end(outlet, Outlet::close)));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.warn("the feed did not end in {} s", STOP_SECONDS_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
