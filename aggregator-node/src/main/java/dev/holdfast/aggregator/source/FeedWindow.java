package dev.holdfast.aggregator.source;

import com.google.common.base.Ticker;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the part of one partition's feed that may be under way, so that memory is bounded however
 * far the aggregator is behind: messages are asked for only while there is room. Outlives
 * subscriptions; only the one that holds it may deliver. Knows how long a subscription that was
 * asked for messages has sent none. For any thread.
 */
final class FeedWindow {
  /**
   * The bounds.
   *
   * @param messagesMax asked for or waiting for the writer
   * @param requestedMax of them asked for: these may come whatever their size
   * @param bytesMax waiting for the writer; none are asked for above it
   */
  record Bounds(int messagesMax, int requestedMax, long bytesMax) {}

  private final Bounds bounds;
  private final Ticker ticker;
  private @Nullable Object holder;
  private IntConsumer request = count -> {};
  private int requested;
  private int waiting;
  private long waitingBytes;
  private long lastSignNanos;

  FeedWindow(Bounds bounds, Ticker ticker) {
    this.bounds = bounds;
    this.ticker = ticker;
  }

  /** A new subscription holds the window and asks for messages through it. */
  synchronized void open(Object subscription, IntConsumer requestMessages) {
    holder = subscription;
    request = requestMessages;
    requested = 0;
    lastSignNanos = ticker.read();
    requestMore();
  }

  /** The subscription ended; what it still sends does not count. */
  synchronized void close(Object subscription) {
    if (holder == subscription) {
      holder = null;
      requested = 0;
    }
  }

  /**
   * A message came in.
   *
   * @param alive whether it shows that the replica keeps up
   * @return whether it may be delivered; not when the subscription lost the window
   */
  synchronized boolean received(Object subscription, int bytes, boolean alive) {
    if (holder != subscription) {
      return false;
    }
    requested--;
    waiting++;
    waitingBytes += bytes;
    if (alive) {
      lastSignNanos = ticker.read();
    }
    requestMore();
    return true;
  }

  /** The writer is done with a message, of whichever subscription. */
  synchronized void consumed(int bytes) {
    waiting--;
    waitingBytes -= bytes;
    requestMore();
  }

  private void requestMore() {
    if (holder == null || waitingBytes >= bounds.bytesMax()) {
      return;
    }
    int more = Math.min(bounds.requestedMax(), bounds.messagesMax() - waiting) - requested;
    if (more > 0) {
      restartSilence();
      requested += more;
      request.accept(more);
    }
  }

  /** While nothing was asked for, nobody could speak. */
  private void restartSilence() {
    if (requested == 0 && waiting > 0) {
      lastSignNanos = ticker.read();
    }
  }

  /** Since when a subscription that may speak gave no sign of life; 0 when there is none. */
  synchronized long silentNanos() {
    return holder == null || requested == 0 ? 0 : ticker.read() - lastSignNanos;
  }
}
