package dev.holdfast.aggregator.ingest;

import com.google.common.base.Ticker;
import dev.holdfast.common.domain.EventBatch;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the writer measures. */
public final class IngestMetrics {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String PARTITION = "partition";

  private final MeterRegistry registry;
  private final Clock clock;
  private final Ticker ticker;
  private final Timer writes;
  private final Timer delay;
  private final DistributionSummary writeEvents;

  /**
   * @param ticker the one that arrivals are stamped with
   */
  public IngestMetrics(MeterRegistry registry, Clock clock, Ticker ticker) {
    this.registry = registry;
    this.clock = clock;
    this.ticker = ticker;
    this.writes =
        Timer.builder("holdfast.view.write")
            .description("Time of one write of view and cursors")
            .publishPercentileHistogram()
            .register(registry);
    this.delay =
        Timer.builder("holdfast.view.delay")
            .description("From the leader's decision to the stored view, per feed batch")
            .publishPercentileHistogram()
            .register(registry);
    this.writeEvents =
        DistributionSummary.builder("holdfast.view.write.events")
            .description("Events folded into one write")
            .publishPercentileHistogram()
            .register(registry);
  }

  /** Shows how far the view is behind, from now on. */
  public void watch(ViewProgress progress) {
    for (int partition = 0; partition < progress.partitionCount(); partition++) {
      watch(partition, progress.of(partition));
    }
  }

  private void watch(int partition, PartitionProgress progress) {
    String name = Integer.toString(partition);
    Gauge.builder("holdfast.view.sequence", progress, p -> p.cursor().sequence())
        .description("Last event that the view includes")
        .tag(PARTITION, name)
        .register(registry);
    Gauge.builder(
            "holdfast.view.lag.events", progress, p -> p.headSequence() - p.cursor().sequence())
        .description("Events that the partition has and the view does not include")
        .tag(PARTITION, name)
        .register(registry);
    Gauge.builder("holdfast.view.lag.seconds", progress, this::lagSeconds)
        .description("Time since the view was last known to be current; NaN when never")
        .tag(PARTITION, name)
        .register(registry);
  }

  private double lagSeconds(PartitionProgress progress) {
    return progress.currentAtNanos().isEmpty()
        ? Double.NaN
        : (ticker.read() - progress.currentAtNanos().getAsLong()) / NANOS_PER_SECOND;
  }

  void written(List<EventBatch> batches, Runnable write) {
    writes.record(write);
    int events = 0;
    for (EventBatch batch : batches) {
      events += batch.events().size();
      delay.record(Math.max(0, clock.millis() - batch.timeMillis()), TimeUnit.MILLISECONDS);
      count("holdfast.view.events.applied", batch.partition(), batch.events().size());
    }
    writeEvents.record(events);
  }

  void duplicate(int partition) {
    count("holdfast.feed.duplicates", partition, 1);
  }

  void defect(int partition, Defect.Kind kind) {
    registry
        .counter("holdfast.feed.defects", PARTITION, Integer.toString(partition), "kind", kind.name())
        .increment();
  }

  private void count(String name, int partition, int amount) {
    registry.counter(name, PARTITION, Integer.toString(partition)).increment(amount);
  }
}
