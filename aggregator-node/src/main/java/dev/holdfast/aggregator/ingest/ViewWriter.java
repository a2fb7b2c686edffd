package dev.holdfast.aggregator.ingest;

import com.google.common.util.concurrent.Uninterruptibles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes the view. Takes everything that is waiting into one write: a single
 * batch when live, thousands of events when behind, with no timer to tune. What it can not store is
 * a fault: it stops for good, and the view stays as it was stored last.
 */
public final class ViewWriter {
  /** No further batch is added to a write that has this many events. */
  private static final int WRITE_EVENTS_MAX = 50_000;

  private static final Logger log = LoggerFactory.getLogger(ViewWriter.class);

  private final Inbox inbox;
  private final ViewStorage storage;
  private final ViewProgress progress;
  private final IngestMetrics metrics;
  private final Runnable onFault;
  private final Thread thread = new Thread(this::run, "view-writer");
  private volatile @Nullable String fault;

  /**
   * @param progress with its partitions known
   * @param onFault is told that {@link #fault} is set
   */
  public ViewWriter(
      Inbox inbox,
      ViewStorage storage,
      ViewProgress progress,
      IngestMetrics metrics,
      Runnable onFault) {
    this.inbox = inbox;
    this.storage = storage;
    this.progress = progress;
    this.metrics = metrics;
    this.onFault = onFault;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        write(inbox.take());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      stopFor(e);
    }
  }

  private void write(Delivery first) {
    WriteCycle cycle = new WriteCycle(storage, progress, metrics);
    Delivery delivery = first;
    while (delivery != null) {
      cycle.take(delivery);
      delivery = cycle.events() < WRITE_EVENTS_MAX ? inbox.poll() : null;
    }
    cycle.finish();
  }

  private void stopFor(Throwable cause) {
    fault = "the view can not be written: " + cause.getMessage();
    log.error("{}; the view stays as it is until the aggregator is started anew", fault, cause);
    onFault.run();
  }

  /** Why the writer stopped, or null while it has not. */
  public @Nullable String fault() {
    return fault;
  }

  /** Ends the thread after the write that it is in, and waits for that. */
  public void stop() {
    thread.interrupt();
    Uninterruptibles.joinUninterruptibly(thread);
  }
}
