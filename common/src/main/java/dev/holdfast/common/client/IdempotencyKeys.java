package dev.holdfast.common.client;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes idempotency keys: 96 random bits per instance, since each call of the command line is one
 * and a count of fixed width, so that the keys of one client are unique and sort by time, which
 * keeps the servers' writes in order. Safe for use by many threads.
 */
public final class IdempotencyKeys {
  private static final int RANDOM_BYTES = 12;
  private static final int COUNT_DIGITS = 10;
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final byte[] prefix;
  private final AtomicLong count = new AtomicLong();

  public IdempotencyKeys() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String text = "c-" + HexFormat.of().formatHex(random) + "-";
    prefix = text.getBytes(StandardCharsets.US_ASCII);
  }

  public String next() {
    long rest = count.getAndIncrement();
    byte[] key = new byte[prefix.length + COUNT_DIGITS];
    System.arraycopy(prefix, 0, key, 0, prefix.length);
    for (int at = key.length - 1; at >= prefix.length; at--) {
      key[at] = DIGITS[(int) (rest & 15)];
      rest >>>= 4;
    }
    return new String(key, StandardCharsets.ISO_8859_1);
  }
}
