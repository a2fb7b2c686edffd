package dev.holdfast.aggregator.ingest;

import com.google.common.base.Ticker;
import dev.holdfast.common.domain.EventBatch;
import dev.holdfast.common.telemetry.Telemetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The meters of the writer, used on its thread. */
public final class IngestMetrics {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] WRITE_EVENTS_BUCKETS = {1, 10, 100, 1_000, 10_000};
  private static final String PARTITION = "partition";

  private final MeterRegistry registry;
  private final Clock clock;
  private final Ticker ticker;
  private final Timer writes;
  private final Timer delay;
  private final DistributionSummary writeEvents;
  private final Map<Integer, Counter> applied = new HashMap<>();

  /**
   * @param ticker the one that heads are stamped with
   */
  public IngestMetrics(MeterRegistry registry, Clock clock, Ticker ticker) {
    this.registry = registry;
    this.clock = clock;
    this.ticker = ticker;
    this.writes =
        Telemetry.latency("holdfast.view.write", "one write of view and cursors")
            .register(registry);
    this.delay =
        Telemetry.latency(
                "holdfast.view.delay", "from the leader's decision to the stored view, per batch")
            .register(registry);
    this.writeEvents =
        DistributionSummary.builder("holdfast.view.write.events")
            .description("events folded into one write")
            .serviceLevelObjectives(WRITE_EVENTS_BUCKETS)
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
        .description("last event that the view includes")
        .tag(PARTITION, name)
        .register(registry);
    Gauge.builder("holdfast.view.lag.events", progress, IngestMetrics::lagEvents)
        .description(
            "events that the partition has and the view does not include; NaN while not known")
        .tag(PARTITION, name)
        .register(registry);
    Gauge.builder(
            "holdfast.view.proven.sequence", progress, p -> p.cursor().trust().provenSequence())
        .description("last event at which the view was found equal to the stores")
        .tag(PARTITION, name)
        .register(registry);
    Gauge.builder("holdfast.view.untrusted", progress, p -> p.cursor().trust().isTrusted() ? 0 : 1)
        .description("1 while the partition's part of the view is not to be trusted")
        .tag(PARTITION, name)
        .register(registry);
    Gauge.builder("holdfast.view.paused", progress, p -> p.paused().isEmpty() ? 0 : 1)
        .description("1 while so much is parked that nothing more of the partition is applied")
        .tag(PARTITION, name)
        .register(registry);
    Gauge.builder("holdfast.view.lag.seconds", progress, this::lagSeconds)
        .description("time since the view was last known to be current; NaN when never")
        .tag(PARTITION, name)
        .register(registry);
  }

  private static double lagEvents(PartitionProgress progress) {
    OptionalLong lag = progress.lagEvents();
    return lag.isEmpty() ? Double.NaN : lag.getAsLong();
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
      applied.computeIfAbsent(batch.partition(), this::applied).increment(batch.events().size());
    }
    writeEvents.record(events);
  }

  private Counter applied(int partition) {
    return counter("holdfast.view.events.applied", "events that the view includes", partition)
        .register(registry);
  }

  void duplicate(int partition) {
    counter("holdfast.feed.duplicates", "batches that the view included already", partition)
        .register(registry)
        .increment();
  }

  void defect(int partition, FeedDefect.Kind kind) {
    counter("holdfast.feed.defects", "what a healthy replica does not send", partition)
        .tag("kind", kind.name())
        .register(registry)
        .increment();
  }

  private static Counter.Builder counter(String name, String description, int partition) {
    return Counter.builder(name)
        .description(description)
        .tag(PARTITION, Integer.toString(partition));
  }
}
