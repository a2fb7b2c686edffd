package dev.holdfast.common.tokens;

import com.google.common.hash.HashCode;
import dev.holdfast.common.access.AccessWatch;
import dev.holdfast.common.access.TokenReader;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.TokenKeys;
import dev.holdfast.common.net.FailedLogins;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks bearer tokens. A token that was verified before is accepted at once, without reading it;
 * any other is read and verified on threads of its own, of which few may wait. Never logs a token.
 */
public final class Tokens implements TokenReader {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  /** Checked before anything is done with a token, hashing included. */
  static final int LENGTH_MAX = 8_192;

  /** A quarter of a second at the millisecond that ES256 takes. */
  static final int WAITING_MAX = 256;

  private static final int CORES_PER_THREAD = 4;

  private final TokenRules rules;
  private final PublishedKeys keys;
  private final LongSupplier millisClock;
  private final VerifiedTokens verified;
  private final FailedLogins failed;
  private final TokenMeters meters;
  private final ThreadPoolExecutor verifiers;

  Tokens(
      TokenKeys config,
      LongSupplier millisClock,
      LongSupplier nanoClock,
      MeterRegistry registry,
      Consumer<String> keysChanged) {
    this.rules = TokenRules.of(config);
    this.millisClock = millisClock;
    this.verified = new VerifiedTokens(config.cacheMax());
    this.failed = new FailedLogins(nanoClock);
    this.meters = new TokenMeters(registry);
    this.keys = new PublishedKeys(config, nanoClock, keysChanged).start();
    this.verifiers = verifiers();
    Gauge.builder("holdfast.tokens.remembered", verified, VerifiedTokens::size)
        .description("verified tokens that are remembered")
        .register(registry);
    Gauge.builder("holdfast.tokens.keys.age", keys, PublishedKeys::ageSeconds)
        .description("time since the keys of the issuer of tokens were read; NaN: never")
        .baseUnit("seconds")
        .register(registry);
  }

  /**
   * Starts to check tokens by the keys of their issuer; without such keys none is accepted.
   *
   * @param watch is told when the issuer publishes other keys
   * @throws ConfigException if a file of keys is missing or wrong
   */
  public static TokenReader start(TokenKeys config, MeterRegistry registry, AccessWatch watch) {
    return config.keys().isEmpty()
        ? TokenReader.NONE
        : new Tokens(
            config,
            System::currentTimeMillis,
            System::nanoTime,
            registry,
            keys -> watch.read(AccessWatch.Source.TOKEN_KEYS, keys, null));
  }

  private static ThreadPoolExecutor verifiers() {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / CORES_PER_THREAD);
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(WAITING_MAX),
        task -> {
          Thread thread = new Thread(task, "tokens");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void read(String token, String from, Consumer<Verdict> told) {
    SigningKeys now = keys.current();
    if (token.length() > LENGTH_MAX) {
      told.accept(refused(TokenRefusal.TOO_LONG));
    } else if (now == null) {
      told.accept(refused(TokenRefusal.NO_KEYS));
    } else {
      read(token, VerifiedTokens.hash(token), now, from, told);
    }
  }

  private void read(
      String token, HashCode hash, SigningKeys now, String from, Consumer<Verdict> told) {
    VerifiedTokens.Entry known = verified.find(hash);
    if (known != null && now.has(known.key())) {
      told.accept(remembered(known, hash));
    } else if (failed.areTooMany(from)) {
      told.accept(refused(TokenRefusal.TOO_MANY_FAILURES));
    } else {
      readLater(token, hash, from, told);
    }
  }

  private Verdict remembered(VerifiedTokens.Entry known, HashCode hash) {
    if (millisClock.getAsLong() >= known.verdict().until().toEpochMilli()) {
      verified.remove(hash);
      return refused(TokenRefusal.EXPIRED);
    }
    meters.remembered();
    return known.verdict();
  }

  private void readLater(String token, HashCode hash, String from, Consumer<Verdict> told) {
    try {
      verifiers.execute(() -> told.accept(verdict(token, hash, from)));
    } catch (RejectedExecutionException e) {
      told.accept(refused(TokenRefusal.BUSY));
    }
  }

  private Verdict refused(TokenRefusal why) {
    meters.refused(why);
    return new Refused(why.text(), why.isForNow());
  }

  private Verdict verdict(String token, HashCode hash, String from) {
    try {
      Verified good = verify(token, hash);
      meters.verified();
      return good;
    } catch (TokenRefusedException e) {
      if (!e.why().isForNow()) {
        failed.add(from);
      }
      return refused(e.why());
    } catch (RuntimeException | Error e) {
      LOG.error("a token could not be checked", withoutMessage(e));
      return refused(TokenRefusal.MALFORMED);
    }
  }

  /** Whatever went wrong: its message may repeat the token. */
  private static Throwable withoutMessage(Throwable e) {
    Throwable shown = new IllegalStateException(e.getClass().getName());
    shown.setStackTrace(e.getStackTrace());
    return shown;
  }

  private Verified verify(String text, HashCode hash) throws TokenRefusedException {
    ParsedToken token = ParsedToken.parse(text);
    Verified good = rules.check(token.claims(), millisClock.getAsLong());
    SigningKey key = key(token.keyId());
    key.verify(token);
    verified.put(hash, new VerifiedTokens.Entry(good, key));
    return good;
  }

  private SigningKey key(String id) throws TokenRefusedException {
    SigningKeys now = keys.current();
    SigningKey key = now == null ? null : now.find(id);
    if (key == null) {
      keys.wantOthers();
      throw new TokenRefusedException(
          now == null ? TokenRefusal.NO_KEYS : TokenRefusal.UNKNOWN_KEY);
    }
    return key;
  }

  @Override
  public @Nullable String problem() {
    return keys.problem();
  }

  /** For tests. */
  PublishedKeys keys() {
    return keys;
  }

  @Override
  public void close() {
    keys.close();
    verifiers.shutdown(); // what waits still gets its verdict
  }
}
