package dev.holdfast.aggregator.export;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.ingest.ConfirmedHead;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.work.WorkThread;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks each second how far the partitions got, so that the view knows its age. A replica that feeds
 * the view cannot be asked for that: it may be behind itself. Also while sync is stopped, since the
 * view is read then as well.
 */
public final class HeadWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);

  private final Heads heads;
  private final ViewProgress progress;
  private final Ticker ticker;
  private final WorkThread thread =
      new WorkThread("head-watch", "heads cannot be asked for", () -> {});
  private final Set<Integer> underWay = ConcurrentHashMap.newKeySet();

  public HeadWatch(Heads heads, ViewProgress progress, Ticker ticker) {
    this.heads = heads;
    this.progress = progress;
    this.ticker = ticker;
  }

  public void start() {
    thread.run(this::ask);
    thread.every(EVERY, this::ask);
  }

  private void ask() {
    for (int partition = 0; partition < progress.partitionCount(); partition++) {
      if (underWay.add(partition)) {
        ask(partition);
      }
    }
  }

  /** What no node knows now is asked again; until then the view grows older. */
  private void ask(int partition) {
    long asked = ticker.read();
    var unused =
        heads
            .of(partition)
            .thenAccept(head -> progress.of(partition).confirmed(new ConfirmedHead(head, asked)))
            .whenComplete((done, failure) -> underWay.remove(partition));
  }

  @Override
  public void close() {
    thread.abort(CLOSED_WITHIN);
  }
}
