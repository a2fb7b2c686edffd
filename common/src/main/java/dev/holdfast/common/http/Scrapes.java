package dev.holdfast.common.http;

import dev.holdfast.common.telemetry.Telemetry;
import dev.holdfast.common.telemetry.Telemetry.Exposition;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The metrics as they are scraped. Thousands of series take a while to write, so one thread of
 * their own makes them, at most ten times a second: whoever asks meanwhile gets the same. So
 * callers who ask all the time keep nobody from a health check.
 */
final class Scrapes {
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Forms that are asked for; a caller can name as many as it likes. */
  private static final int FORMS_MAX = 8;

  private static final int ACCEPT_CHARS_MAX = 512;
  private static final String ANY_FORM = "*/*";

  private record Scrape(CompletableFuture<Exposition> exposition, long atNanos) {
    /** Under way, or made just now. */
    boolean isFresh() {
      return !exposition.isDone() || System.nanoTime() - atNanos < FRESH_NANOS;
    }
  }

  private final Telemetry telemetry;
  private final Map<String, Scrape> byAccept = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor maker =
      new ThreadPoolExecutor(
          1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Scrapes::thread);

  Scrapes(Telemetry telemetry) {
    this.telemetry = telemetry;
    maker.allowCoreThreadTimeOut(true); // so that nobody has to stop it
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "metrics");
    thread.setDaemon(true);
    return thread;
  }

  /** In the form that an Accept header prefers. */
  CompletableFuture<Exposition> get(@Nullable String accept) {
    String form = accept == null || accept.length() > ACCEPT_CHARS_MAX ? ANY_FORM : accept;
    if (byAccept.size() >= FORMS_MAX && !byAccept.containsKey(form)) {
      byAccept.values().removeIf(scrape -> scrape.exposition().isDone());
    }
    return byAccept
        .compute(form, (name, last) -> last != null && last.isFresh() ? last : scrape(name))
        .exposition();
  }

  private Scrape scrape(String form) {
    var exposition = CompletableFuture.supplyAsync(() -> telemetry.exposition(form), maker);
    return new Scrape(exposition, System.nanoTime());
  }
}
