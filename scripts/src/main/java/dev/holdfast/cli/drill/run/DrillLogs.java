package dev.holdfast.cli.drill.run;

import dev.holdfast.cli.Await;
import dev.holdfast.cli.FailedException;
import dev.holdfast.cli.drill.history.EventLog;
import dev.holdfast.cli.drill.history.LogEntry;
import dev.holdfast.common.client.BrokenLogException;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.LogListener;
import dev.holdfast.common.client.LogReader;
import dev.holdfast.proto.log.v1.EventBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The logs of all partitions, read while the drill runs. Of events that do not concern the drill it
 * keeps their places only.
 */
final class DrillLogs implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  private final DrillStores stores;
  private final EventLog log = new EventLog(); // guarded by itself
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final List<LogReader> readers = new ArrayList<>();
  private volatile @Nullable HoldfastException lastInterruption;

  DrillLogs(DrillStores stores) {
    this.stores = stores;
  }

  /** Reads every log from its present head. */
  void start(HoldfastClient client, int partitions) {
    for (int partition = 0; partition < partitions; partition++) {
      long head = Await.answer(client.head(partition));
      readers.add(client.feed().read(partition, head + 1, new Entries()));
    }
  }

  /**
   * Waits until everything is read that is committed by now.
   *
   * @throws BrokenLogException when nodes have different logs
   */
  EventLog readToHeads(HoldfastClient client, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (int partition = 0; partition < readers.size(); partition++) {
      long head = Await.answer(client.head(partition));
      LogReader reader = readers.get(partition);
      while (reader.reached() < head) {
        checkEnd(reader);
        if (System.nanoTime() - deadline > 0) {
          String what = "the log of partition %d was read to %d of %d within %s; %s";
          throw new FailedException(
              what.formatted(partition, reader.reached(), head, limit, lastInterruption));
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
    close();
    synchronized (log) {
      return log;
    }
  }

  private static void checkEnd(LogReader reader) {
    if (reader.end().isDone()) {
      try {
        reader.end().join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof BrokenLogException broken) {
          throw broken;
        }
        throw new FailedException("a log could not be read any further: " + e.getCause(), e);
      }
    }
  }

  @Override
  public void close() {
    readers.forEach(LogReader::close);
  }

  private final class Entries implements LogListener {
    @Override
    public void batch(EventBatch batch) {
      synchronized (log) {
        LogEntry.of(batch).forEach(entry -> log.add(kept(entry)));
      }
    }

    @Override
    public void interrupted(HoldfastException why) {
      lastInterruption = why;
    }
  }

  private LogEntry kept(LogEntry entry) {
    if (stores.isOurs(entry.key()) || stores.isOurs(entry.store())) {
      return new LogEntry(
          entry.partition(),
          entry.sequence(),
          entry.millis(),
          entry.key(),
          entry.kind(),
          names.computeIfAbsent(entry.store(), name -> name),
          entry.system());
    }
    return new LogEntry(
        entry.partition(), entry.sequence(), entry.millis(), "", entry.kind(), "", null);
  }
}
