package dev.holdfast.common.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Limits the lines of libraries that repeat themselves, such as Raft while a peer is away, to one a
 * second per logger and message pattern.
 */
public final class LibraryNoise extends TurboFilter {
  private static final int KINDS_MAX = 1_000;

  private final LongSupplier nanoClock;
  private final ConcurrentMap<String, OnePerSecond> kinds = new ConcurrentHashMap<>();
  private volatile String prefix = "com.alipay.";

  /** For logback.xml. */
  public LibraryNoise() {
    this(System::nanoTime);
  }

  LibraryNoise(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Sets the prefix of the loggers to limit. */
  public void setPrefix(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    if (format == null
        || !logger.getName().startsWith(prefix)
        || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      return FilterReply.NEUTRAL;
    }
    if (kinds.size() >= KINDS_MAX) { // by messages that are put together beforehand
      kinds.clear();
    }
    OnePerSecond kind =
        kinds.computeIfAbsent(logger.getName() + ' ' + format, made -> new OnePerSecond());
    return kind.isDue(nanoClock.getAsLong()) ? FilterReply.NEUTRAL : FilterReply.DENY;
  }
}
