package dev.holdfast.aggregator.ingest;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Queue of the writer's work. Feed windows keep deliveries within their bound, so putting never
 * waits. Many put, the writer takes.
 */
public final class Inbox {
  private static final int TASKS_MAX = 1_000;

  private final BlockingQueue<InboxEntry> waiting;
  private final Semaphore roomForTasks = new Semaphore(TASKS_MAX);

  /**
   * @param deliveriesMax the sum of what the feed windows allow
   */
  public Inbox(int deliveriesMax) {
    waiting = new LinkedBlockingQueue<>(deliveriesMax + TASKS_MAX);
  }

  public void put(Delivery delivery) {
    if (!waiting.offer(delivery)) {
      throw new IllegalStateException("feed windows allow more than the inbox holds");
    }
  }

  /** Takes a task in; false when too many wait. */
  boolean offer(WriterTask<?> task) {
    return roomForTasks.tryAcquire() && waiting.offer(task);
  }

  /** What is next, once there is something; null when there is nothing for that long. */
  @Nullable InboxEntry poll(Duration within) throws InterruptedException {
    InboxEntry next = waiting.poll(within.toNanos(), TimeUnit.NANOSECONDS);
    return next == null ? null : taken(next);
  }

  /** What is next, if there is something already. */
  @Nullable InboxEntry poll() {
    InboxEntry next = waiting.poll();
    return next == null ? null : taken(next);
  }

  private InboxEntry taken(InboxEntry next) {
    if (next instanceof WriterTask) {
      roomForTasks.release();
    }
    return next;
  }
}
