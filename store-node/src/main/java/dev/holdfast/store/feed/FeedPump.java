package dev.holdfast.store.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves all subscriptions of a node on one thread. New events and room on a connection only set a
 * flag and wake it; a round goes over all subscriptions, so none can starve another.
 */
public final class FeedPump implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedPump.class);
  private static final long HEARTBEAT_CHECK_MILLIS = 250;
  private static final long STOP_SECONDS_MAX = 10;

  private final List<Subscription> subscriptions = new ArrayList<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile boolean watched;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "feed"));

  public FeedPump() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::heartbeats,
            HEARTBEAT_CHECK_MILLIS,
            HEARTBEAT_CHECK_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  void add(Subscription subscription) {
    try {
      thread.execute(() -> take(subscription));
    } catch (RejectedExecutionException stopping) {
      subscription.close();
    }
  }

  /** Wakes after adding: a round that was asked for before would not see the newcomer. */
  private void take(Subscription subscription) {
    subscriptions.add(subscription);
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
    subscriptions.removeIf(Subscription::isOver);
    watched = !subscriptions.isEmpty();
    boolean more = false;
    for (Subscription subscription : subscriptions) {
      more |= subscription.pump();
    }
    if (more) {
      wake();
    }
  }

  private void heartbeats() {
    subscriptions.forEach(Subscription::heartbeat);
  }

  /**
   * Ends all subscriptions, so that their readers go to another replica at once. Nothing reads the
   * log any more when this returns. Safe to repeat.
   */
  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    thread.execute(() -> subscriptions.forEach(Subscription::close));
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
