package dev.holdfast.common.tokens;

import com.google.common.hash.HashCode;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.TokenKeys;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks bearer tokens. A token that was verified before is accepted at once, without reading it; any
 * other is read and verified on threads of its own, of which few may wait. Never logs a token.
 */
public final class Tokens implements AutoCloseable {
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
  private final FailedTokens failed;
  private final TokenMeters meters;
  private final ThreadPoolExecutor verifiers;

  Tokens(
      TokenKeys config, LongSupplier millisClock, LongSupplier nanoClock, MeterRegistry registry) {
    this.rules = TokenRules.of(config);
    this.millisClock = millisClock;
    this.verified = new VerifiedTokens(config.cacheMax());
    this.failed = new FailedTokens(nanoClock);
    this.meters = new TokenMeters(registry);
    this.keys = new PublishedKeys(config, nanoClock).start();
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
   * Reads the keys of the issuer and starts to check tokens.
   *
   * @throws ConfigException if a file of keys is missing or wrong
   */
  public static Tokens start(TokenKeys config, MeterRegistry registry) {
    return new Tokens(config, System::currentTimeMillis, System::nanoTime, registry);
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

  /**
   * Checks a token. Never waits: the verdict on a remembered or hopeless token is there on return,
   * that on any other comes on another thread.
   *
   * @param from address of the caller, without its port
   */
  public CompletableFuture<TokenVerdict> check(String token, String from) {
    if (token.length() > LENGTH_MAX) {
      return refused(TokenRefusal.TOO_LONG);
    }
    SigningKeys now = keys.current();
    if (now == null) {
      return refused(TokenRefusal.NO_KEYS);
    }
    HashCode hash = VerifiedTokens.hash(token);
    VerifiedTokens.Entry known = verified.find(hash);
    if (known != null && now.has(known.key())) {
      return remembered(known, hash);
    }
    return failed.areTooMany(from)
        ? refused(TokenRefusal.TOO_MANY_FAILURES)
        : later(token, hash, from);
  }

  private CompletableFuture<TokenVerdict> remembered(VerifiedTokens.Entry known, HashCode hash) {
    if (millisClock.getAsLong() >= known.holder().expiresMillis()) {
      verified.remove(hash);
      return refused(TokenRefusal.EXPIRED);
    }
    meters.remembered();
    return CompletableFuture.completedFuture(new TokenVerdict.Accepted(known.holder()));
  }

  private CompletableFuture<TokenVerdict> later(String token, HashCode hash, String from) {
    CompletableFuture<TokenVerdict> verdict = new CompletableFuture<>();
    try {
      verifiers.execute(() -> verdict.complete(verify(token, hash, from)));
      return verdict;
    } catch (RejectedExecutionException e) {
      return refused(TokenRefusal.BUSY);
    }
  }

  private CompletableFuture<TokenVerdict> refused(TokenRefusal why) {
    meters.refused(why);
    return CompletableFuture.completedFuture(new TokenVerdict.Refused(why));
  }

  private TokenVerdict verify(String token, HashCode hash, String from) {
    try {
      TokenHolder holder = verify(token, hash);
      meters.verified();
      return new TokenVerdict.Accepted(holder);
    } catch (TokenRefusedException e) {
      if (!e.why().isForNow()) {
        failed.add(from);
      }
      meters.refused(e.why());
      return new TokenVerdict.Refused(e.why());
    } catch (RuntimeException | Error e) {
      LOG.error("a token could not be checked", withoutMessage(e));
      meters.refused(TokenRefusal.MALFORMED);
      return new TokenVerdict.Refused(TokenRefusal.MALFORMED);
    }
  }

  /** Whatever went wrong: its message may repeat the token. */
  private static Throwable withoutMessage(Throwable e) {
    Throwable shown = new IllegalStateException(e.getClass().getName());
    shown.setStackTrace(e.getStackTrace());
    return shown;
  }

  private TokenHolder verify(String text, HashCode hash) throws TokenRefusedException {
    ParsedToken token = ParsedToken.parse(text);
    TokenHolder holder = rules.check(token.claims(), millisClock.getAsLong());
    SigningKey key = key(token.keyId());
    key.verify(token);
    verified.put(hash, new VerifiedTokens.Entry(holder, key));
    return holder;
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

  /** The state of the issuer's keys in words. */
  public String health() {
    return keys.health();
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
