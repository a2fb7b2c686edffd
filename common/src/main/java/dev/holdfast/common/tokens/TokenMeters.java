package dev.holdfast.common.tokens;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts the verdicts on tokens. */
final class TokenMeters {
  private final Counter remembered;
  private final Counter verified;
  private final Map<TokenRefusal, Counter> refused = new EnumMap<>(TokenRefusal.class);

  TokenMeters(MeterRegistry registry) {
    remembered = counter(registry, "remembered", "");
    verified = counter(registry, "verified", "");
    for (TokenRefusal why : TokenRefusal.values()) {
      refused.put(why, counter(registry, "refused", why.word()));
    }
  }

  private static Counter counter(MeterRegistry registry, String verdict, String reason) {
    return Counter.builder("holdfast.tokens.checked")
        .description("tokens that were checked, by verdict and reason")
        .tag("verdict", verdict)
        .tag("reason", reason)
        .register(registry);
  }

  void remembered() {
    remembered.increment();
  }

  void verified() {
    verified.increment();
  }

  void refused(TokenRefusal why) {
    Objects.requireNonNull(refused.get(why)).increment();
  }
}
