package dev.holdfast.common.server;

import dev.holdfast.common.limits.FieldRules;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes request ids in the form of UUIDs. One random half for the process tells processes apart, a
 * counter tells calls apart: no entropy is drawn per call.
 */
public final class RequestIds {
  private static final long VERSION_4 = 0x4000L;
  private static final long VERSION_MASK = 0xF000L;
  private static final long VARIANT = 1L << 63;
  private static final long VARIANT_MASK = 3L << 62;

  /** Odd, so that multiplying by it maps the counter one to one: ids differ in every digit. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long process;
  private final AtomicLong calls;

  public RequestIds(SecureRandom random) {
    process = (random.nextLong() & ~VERSION_MASK) | VERSION_4;
    calls = new AtomicLong(random.nextLong());
  }

  /** The id that the caller sent, if it is valid, else a new one. */
  public String orNext(@Nullable String given) {
    return given != null && FieldRules.isRequestId(given) ? given : next();
  }

  String next() {
    long call = calls.getAndIncrement() * SPREAD;
    return new UUID(process, (call & ~VARIANT_MASK) | VARIANT).toString();
  }
}
