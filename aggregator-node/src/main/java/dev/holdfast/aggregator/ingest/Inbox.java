package dev.holdfast.aggregator.ingest;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the writer. Feed windows keep it within its bound, so putting never waits. Many
 * put, the writer takes.
 */
public final class Inbox {
  private final BlockingQueue<Delivery> deliveries;

  /**
   * @param deliveriesMax the sum of what the feed windows allow
   */
  public Inbox(int deliveriesMax) {
    deliveries = new LinkedBlockingQueue<>(deliveriesMax);
  }

  public void put(Delivery delivery) {
    if (!deliveries.offer(delivery)) {
      throw new IllegalStateException("feed windows allow more than the inbox holds");
    }
  }

  /** The next delivery, once there is one. */
  Delivery take() throws InterruptedException {
    return deliveries.take();
  }

  /** The next delivery, if there is one already. */
  @Nullable Delivery poll() {
    return deliveries.poll();
  }
}
