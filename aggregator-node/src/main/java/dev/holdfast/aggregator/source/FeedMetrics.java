package dev.holdfast.aggregator.source;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** The meters of the tails. */
final class FeedMetrics {
  private static final String PARTITION = "partition";

  private final MeterRegistry registry;

  FeedMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void watch(int partition, Supplier<TailStatus> status) {
    String name = Integer.toString(partition);
    Gauge.builder("holdfast.feed.connected", () -> status.get().connected() ? 1 : 0)
        .description("1 while a replica feeds the partition")
        .tag(PARTITION, name)
        .register(registry);
    Gauge.builder("holdfast.feed.fault", () -> status.get().fault() == null ? 0 : 1)
        .description("1 while the partition cannot be followed any further")
        .tag(PARTITION, name)
        .register(registry);
    reconnects(partition);
  }

  void reconnected(int partition) {
    reconnects(partition).increment();
  }

  private Counter reconnects(int partition) {
    return Counter.builder("holdfast.feed.reconnects")
        .description("times that another replica fed the partition, or the same again")
        .tag(PARTITION, Integer.toString(partition))
        .register(registry);
  }
}
