package dev.holdfast.common.tokens;

import com.nimbusds.jose.JWSAlgorithm;
import dev.holdfast.common.access.TokenReader.Verified;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures what tokens cost: remembered ones, by the time of one thread on a processor, and those
 * that are verified, by the time between them. Run by hand: {@code TokenRate SECONDS}.
 */
final class TokenRate {
  private static final int TOKENS = 1_000;

  private final Tokens tokens;
  private final int seconds;
  private final AtomicLong good = new AtomicLong();

  private TokenRate(Tokens tokens, int seconds) {
    this.tokens = tokens;
    this.seconds = seconds;
  }

  public static void main(String[] arguments) throws Exception {
    Path file = Files.createTempFile("keys", ".json");
    Files.writeString(file, Issuer.jwks(Issuer.RSA, Issuer.EC));
    Issuer.Keys keys =
        new Issuer.Keys(
            file.toString(),
            Issuer.NAME,
            "holdfast",
            "holdfast_roles",
            Issuer.Keys.of("").leeway(),
            Issuer.Keys.of("").keysRefresh(),
            Issuer.Keys.of("").keysAgeMax(),
            100_000);
    try (Tokens tokens =
        new Tokens(
            keys,
            Issuer.NOW::toEpochMilli,
            System::nanoTime,
            new SimpleMeterRegistry(),
            read -> {})) {
      TokenRate rate = new TokenRate(tokens, Integer.parseInt(arguments[0]));
      List<String> remembered = rate.make(JWSAlgorithm.RS256, TOKENS);
      for (String token : remembered) {
        Reading.of(tokens, token);
      }
      for (int round = 1; round <= 4; round++) {
        rate.remembered(remembered);
      }
      rate.verified("RS256", rate.make(JWSAlgorithm.RS256, 20 * TOKENS));
      rate.verified("ES256", rate.make(JWSAlgorithm.ES256, 5 * TOKENS));
    }
    Files.delete(file);
  }

  private List<String> make(JWSAlgorithm algorithm, int count) {
    List<String> made = new ArrayList<>();
    boolean isRsa = algorithm.equals(JWSAlgorithm.RS256);
    for (int i = 0; i < count; i++) {
      made.add(
          Issuer.sign(
              Issuer.header(algorithm, isRsa ? "rsa-1" : "ec-1"),
              Issuer.claims().subject("user-" + algorithm + count + "-" + i),
              isRsa ? Issuer.RSA : Issuer.EC));
    }
    return made;
  }

  private void remembered(List<String> held) {
    long calls = 0;
    long start = System.nanoTime();
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    while (System.nanoTime() - start < seconds * 1_000_000_000L) {
      for (String token : held) {
        tokens.read(
            token,
            "192.0.2.7",
            verdict -> {
              if (verdict instanceof Verified) {
                good.incrementAndGet();
              }
            });
      }
      calls += held.size();
    }
    cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
    System.out.printf(
        "remembered: %.3f us of processor each, %d characters, %d calls, %d good%n",
        cpu / 1e3 / calls, held.get(0).length(), calls, good.getAndSet(0));
  }

  /** Keeps some tokens on their way, as many callers would. */
  private void verified(String name, List<String> fresh) throws InterruptedException {
    Semaphore waiting = new Semaphore(64);
    long start = System.nanoTime();
    for (String token : fresh) {
      waiting.acquire();
      tokens.read(
          token,
          "192.0.2.7",
          verdict -> {
            if (verdict instanceof Verified) {
              good.incrementAndGet();
            }
            waiting.release();
          });
    }
    waiting.acquire(64);
    System.out.printf(
        "%s verified: %.1f us between, on the threads for it, %d of %d good%n",
        name, (System.nanoTime() - start) / 1e3 / fresh.size(), good.getAndSet(0), fresh.size());
  }
}
