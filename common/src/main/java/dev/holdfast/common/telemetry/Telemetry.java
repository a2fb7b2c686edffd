package dev.holdfast.common.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one process, each tagged with its node. Meters are created once and kept by their
 * users, since looking one up costs more than recording.
 */
public final class Telemetry implements AutoCloseable {
  /**
   * Bounds of every latency histogram. Fixed and few, since each is a time series for each method
   * and outcome; dense around the usual latency, ending where callers give up.
   */
  private static final Duration[] LATENCY_BUCKETS = {
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(10),
  };

  private final PrometheusRegistry series = new PrometheusRegistry();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(
          PrometheusConfig.DEFAULT, series, io.micrometer.core.instrument.Clock.SYSTEM);
  private final ExpositionFormats forms = ExpositionFormats.init();
  private final List<AutoCloseable> closeables = new ArrayList<>();

  private Telemetry(String nodeId) {
    meters.config().commonTags("node", nodeId);
  }

  /** Starts the metrics of a node, those of its JVM and process included. */
  public static Telemetry of(String nodeId) {
    Telemetry telemetry = new Telemetry(nodeId);
    List<MeterBinder> binders =
        List.of(
            new ClassLoaderMetrics(),
            new JvmGcMetrics(),
            new JvmHeapPressureMetrics(),
            new JvmInfoMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new FileDescriptorMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics());
    binders.forEach(telemetry::bind);
    return telemetry;
  }

  /** A timer with the buckets that all latencies share; register it once and keep it. */
  public static Timer.Builder latency(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(LATENCY_BUCKETS);
  }

  /** The registry of all meters. */
  public MeterRegistry meters() {
    return meters;
  }

  /** The format that an Accept header prefers, one of a few. */
  public ExpositionFormatWriter form(@Nullable String accept) {
    return forms.findWriter(accept);
  }

  /** All metrics for Prometheus, in the format that an Accept header prefers. */
  public Exposition exposition(@Nullable String accept) {
    return exposition(form(accept));
  }

  /** All metrics in a format. */
  public Exposition exposition(ExpositionFormatWriter writer) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try {
      writer.write(content, series.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Exposition(writer.getContentType(), content.toByteArray());
  }

  /** Metrics as text, and their content type. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Exposition(String contentType, byte[] content) {}

  @Override
  public void close() {
    for (AutoCloseable closeable : closeables) {
      close(closeable);
    }
    meters.close();
  }

  private void bind(MeterBinder binder) {
    binder.bindTo(meters);
    if (binder instanceof AutoCloseable closeable) {
      closeables.add(closeable);
    }
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException("a meter cannot be closed", e);
    }
  }
}
