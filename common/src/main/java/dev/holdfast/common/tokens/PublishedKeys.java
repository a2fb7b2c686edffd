package dev.holdfast.common.tokens;

import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.TokenKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's keys, read again and again on a thread of their own. While they cannot be read, the
 * last ones stay in use, up to an age. Any thread may ask for them, and never waits.
 */
final class PublishedKeys implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);

  /** Between two reads when one failed, or a token named a key that is not known. */
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long LOOK_SECONDS = 1;

  private final KeySource source;
  private final long refreshNanos;
  private final Duration ageMax;
  private final LongSupplier nanoClock;
  private final Consumer<String> changed;
  private final ScheduledExecutorService timer;
  private volatile @Nullable SigningKeys read;
  private volatile @Nullable String failure;
  private volatile boolean isWanted;
  private long triedNanos;

  /**
   * @param changed is told of keys that differ from those before
   */
  PublishedKeys(TokenKeys keys, LongSupplier nanoClock, Consumer<String> changed) {
    this.source = KeySource.of(keys.keys());
    this.refreshNanos = keys.keysRefresh().toNanos();
    this.ageMax = keys.keysAgeMax();
    this.nanoClock = nanoClock;
    this.changed = changed;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "token-keys");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Reads the keys and goes on doing so. A file must be right from the start; an address may not
   * answer yet, since a node must not depend on the issuer to start.
   *
   * @throws ConfigException if a file of keys is missing or wrong
   */
  PublishedKeys start() {
    refresh();
    if (read == null && source instanceof KeySource.InFile) {
      throw new ConfigException("holdfast.security.tokens.keys: " + failure);
    }
    if (source.isOpen()) {
      LOG.warn("the keys of tokens come from {}: whoever is on that way can forge tokens", source);
    }
    var unused =
        timer.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    return this;
  }

  /** The keys in use; null when there are none, or only such as are too old. */
  @Nullable SigningKeys current() {
    SigningKeys keys = read;
    return keys == null || isTooOld(keys) ? null : keys;
  }

  private boolean isTooOld(SigningKeys keys) {
    return nanoClock.getAsLong() - keys.readNanos() > ageMax.toNanos();
  }

  /** Has the keys read soon, since a token names a key that is not among them. */
  void wantOthers() {
    isWanted = true;
  }

  /** Reads the keys when it is time to. Runs on the timer's thread. */
  void look() {
    long waited = nanoClock.getAsLong() - triedNanos;
    if (waited >= refreshNanos || (waited >= PAUSE_NANOS && (isWanted || failure != null))) {
      refresh();
    }
  }

  private void refresh() {
    isWanted = false;
    triedNanos = nanoClock.getAsLong();
    try {
      use(SigningKeys.parse(source.read(), triedNanos));
      failure = null;
    } catch (IOException | RuntimeException e) {
      failure = "cannot read the keys of tokens from " + source + ": " + describe(e);
      LOG.warn("{}", failure);
    }
  }

  private static String describe(Exception e) {
    return e instanceof IOException && e.getClass() == IOException.class
        ? String.valueOf(e.getMessage())
        : e.toString();
  }

  private void use(SigningKeys keys) {
    SigningKeys before = read == null ? new SigningKeys(Map.of(), 0) : read;
    read = keys;
    if (keys.differFrom(before)) {
      String what = "the keys %s of %s".formatted(keys.ids(), source);
      LOG.info("tokens are accepted by {}", what);
      changed.accept(what);
    }
  }

  /** Seconds since the keys were read; NaN when they never were. */
  double ageSeconds() {
    SigningKeys keys = read;
    return keys == null
        ? Double.NaN
        : (nanoClock.getAsLong() - keys.readNanos()) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  /** Why tokens are refused, or will be; null while the keys are as they should be. */
  @Nullable String problem() {
    SigningKeys keys = read;
    String why = failure;
    if (keys == null || isTooOld(keys)) {
      return "every token is refused: " + (why == null ? "the keys are too old" : why);
    }
    if (why != null) {
      return "tokens are checked by keys read %.0f s ago: %s".formatted(ageSeconds(), why);
    }
    return source.isOpen() ? "the keys of tokens come over plain HTTP" : null;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
