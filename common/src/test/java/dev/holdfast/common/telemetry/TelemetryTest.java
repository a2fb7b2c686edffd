package dev.holdfast.common.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TelemetryTest {
  private final Telemetry telemetry = Telemetry.of("node-a");

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void shouldTagEveryMeterWithTheNode() {
    telemetry.meters().counter("holdfast.things").increment();

    assertThat(scrape()).contains("holdfast_things_total{node=\"node-a\"} 1.0");
    assertThat(scrape().lines().filter(line -> !line.startsWith("#")))
        .allMatch(line -> line.contains("node=\"node-a\""));
  }

  @Test
  void shouldTellAboutTheJvmAndTheProcess() {
    assertThat(scrape())
        .contains("jvm_memory_used_bytes{")
        .contains("jvm_gc_memory_allocated_bytes_total{")
        .contains("jvm_threads_live_threads{")
        .contains("process_cpu_usage{")
        .contains("process_files_open_files{")
        .contains("process_uptime_seconds{");
  }

  @Test
  void shouldShareTheBucketsOfLatencies() {
    Timer timer = Telemetry.latency("holdfast.round", "a round").register(telemetry.meters());
    timer.record(700, TimeUnit.MICROSECONDS);

    assertThat(scrape())
        .contains("holdfast_round_seconds_bucket{node=\"node-a\",le=\"5.0E-4\"} 0")
        .contains("holdfast_round_seconds_bucket{node=\"node-a\",le=\"0.001\"} 1")
        .contains("holdfast_round_seconds_bucket{node=\"node-a\",le=\"+Inf\"} 1");
    assertThat(scrape().lines().filter(line -> line.startsWith("holdfast_round_seconds_bucket")))
        .hasSize(16);
  }

  @Test
  void shouldAllocateNothingWhenRecording() {
    Timer timer = Telemetry.latency("holdfast.round", "a round").register(telemetry.meters());
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    recordMany(timer);

    long before = threads.getCurrentThreadAllocatedBytes();
    recordMany(timer);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(20_000); // less than a byte a call
  }

  private static void recordMany(Timer timer) {
    for (int i = 0; i < 20_000; i++) {
      timer.record(i, TimeUnit.MICROSECONDS);
    }
  }

  private String scrape() {
    return ((PrometheusMeterRegistry) telemetry.meters()).scrape();
  }
}
