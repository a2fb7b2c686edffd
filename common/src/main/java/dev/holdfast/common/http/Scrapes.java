package dev.holdfast.common.http;

import dev.holdfast.common.telemetry.Telemetry;
import dev.holdfast.common.telemetry.Telemetry.Exposition;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes the metrics for scrapes. Thousands of series take a while, so one thread makes them, at
 * most ten times a second; callers that ask meanwhile share the result. So even constant scraping
 * does not delay a health check.
 */
final class Scrapes {
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private record Scrape(CompletableFuture<Exposition> exposition, long atNanos) {
    /** Whether it is in progress or was made just now. */
    boolean isFresh() {
      return !exposition.isDone() || System.nanoTime() - atNanos < FRESH_NANOS;
    }
  }

  private final Telemetry telemetry;

  /** Scrapes by content type; there are few, whatever callers accept. */
  private final Map<String, Scrape> byForm = new ConcurrentHashMap<>();

  private final ThreadPoolExecutor maker =
      new ThreadPoolExecutor(
          1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Scrapes::thread);

  Scrapes(Telemetry telemetry) {
    this.telemetry = telemetry;
    maker.allowCoreThreadTimeOut(true); // so that it ends by itself
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "metrics");
    thread.setDaemon(true);
    return thread;
  }

  /** The metrics in the format that an Accept header prefers. */
  CompletableFuture<Exposition> get(@Nullable String accept) {
    ExpositionFormatWriter form = telemetry.form(accept);
    return byForm
        .compute(
            form.getContentType(),
            (name, last) -> last != null && last.isFresh() ? last : scrape(form))
        .exposition();
  }

  private Scrape scrape(ExpositionFormatWriter form) {
    var exposition = CompletableFuture.supplyAsync(() -> telemetry.exposition(form), maker);
    return new Scrape(exposition, System.nanoTime());
  }
}
