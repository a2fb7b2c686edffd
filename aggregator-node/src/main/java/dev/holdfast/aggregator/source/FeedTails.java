package dev.holdfast.aggregator.source;

import com.google.common.base.Ticker;
import dev.holdfast.aggregator.ingest.Inbox;
import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.work.WorkThread;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tails of all partitions. */
public final class FeedTails {
  private static final int MESSAGES_MAX = 4_096;
  private static final int REQUESTED_MAX = 16;

  /** For all partitions together; decoded batches take about four times as much. */
  private static final long WAITING_BYTES_MAX = 16L << 20;

  private static final long PARTITION_BYTES_MIN = 256L << 10;
  private static final long PARTITION_BYTES_MAX = 2L << 20;

  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(1);

  private final WorkThread supervisor;
  private final List<PartitionTail> tails;

  public FeedTails(
      List<Replica> replicas,
      ViewProgress progress,
      Inbox inbox,
      Ticker ticker,
      MeterRegistry registry) {
    this(replicas, progress, inbox, ticker, registry, TailTiming.standard());
  }

  FeedTails(
      List<Replica> replicas,
      ViewProgress progress,
      Inbox inbox,
      Ticker ticker,
      MeterRegistry registry,
      TailTiming timing) {
    int partitions = progress.partitionCount();
    supervisor = new WorkThread("feed-supervisor", "a tail failed", progress::healthChanged);
    FeedMetrics metrics = new FeedMetrics(registry);
    var shared = new PartitionTail.Shared(supervisor, timing, inbox, metrics, progress);
    tails =
        IntStream.range(0, partitions)
            .mapToObj(
                partition ->
                    new PartitionTail(
                        partition, replicas, new FeedWindow(bounds(partitions), ticker), shared))
            .toList();
  }

  /** An inbox that holds what the tails may have under way. */
  public static Inbox inbox(int partitions) {
    return new Inbox(partitions * MESSAGES_MAX);
  }

  private static FeedWindow.Bounds bounds(int partitions) {
    long share = WAITING_BYTES_MAX / partitions;
    long bytesMax = Math.max(PARTITION_BYTES_MIN, Math.min(PARTITION_BYTES_MAX, share));
    return new FeedWindow.Bounds(MESSAGES_MAX, REQUESTED_MAX, bytesMax);
  }

  /**
   * Follows all partitions from their cursors on.
   *
   * @param paused to wait for {@link #resume} first
   */
  public void start(boolean paused) {
    if (paused) {
      pause();
    }
    tails.forEach(PartitionTail::start);
  }

  /** Ends all subscriptions for now. */
  public void pause() {
    tails.forEach(PartitionTail::pause);
  }

  public void resume() {
    tails.forEach(PartitionTail::resume);
  }

  /** The cursor of a partition was moved: follows it from there on. */
  public void follow(int partition) {
    tails.get(partition).follow();
  }

  public List<TailStatus> statuses() {
    return tails.stream().map(PartitionTail::status).toList();
  }

  /** Why following partitions failed altogether, or null while it has not. */
  public @Nullable String fault() {
    return supervisor.fault();
  }

  public void stop() {
    tails.forEach(PartitionTail::stop);
    supervisor.finish(STOPPED_WITHIN);
  }
}
