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

  private FeedTails(WorkThread supervisor, List<PartitionTail> tails) {
    this.supervisor = supervisor;
    this.tails = tails;
  }

  /** An inbox that holds what the tails may have under way. */
  public static Inbox inbox(int partitions) {
    return new Inbox(partitions * MESSAGES_MAX);
  }

  /** What the tails work with. */
  public record Parts(
      List<Replica> replicas,
      ViewProgress progress,
      Inbox inbox,
      Ticker ticker,
      MeterRegistry registry,
      TailListener listener) {}

  /** Tails of all partitions, which are to be started. */
  public static FeedTails of(Parts parts) {
    return of(parts, TailTiming.standard());
  }

  static FeedTails of(Parts parts, TailTiming timing) {
    WorkThread supervisor =
        new WorkThread("feed-supervisor", "a tail failed", parts.listener()::changed);
    var shared =
        new PartitionTail.Shared(
            supervisor, timing, parts.inbox(), new FeedMetrics(parts.registry()), parts.listener());
    List<PartitionTail> tails =
        IntStream.range(0, parts.progress().partitionCount())
            .mapToObj(partition -> tail(partition, parts, shared))
            .toList();
    return new FeedTails(supervisor, tails);
  }

  private static PartitionTail tail(int partition, Parts parts, PartitionTail.Shared shared) {
    return new PartitionTail(
        partition,
        parts.replicas(),
        parts.progress().of(partition),
        new FeedWindow(bounds(parts.progress().partitionCount()), parts.ticker()),
        shared);
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

  /** By partition. */
  public List<TailStatus> statuses() {
    return tails.stream().map(PartitionTail::status).toList();
  }

  /** Why following partitions failed altogether, or null while it has not. */
  public @Nullable String fault() {
    return supervisor.fault();
  }

  /** Ends all subscriptions. */
  public void stop() {
    tails.forEach(PartitionTail::stop);
    supervisor.finish(STOPPED_WITHIN);
  }
}
