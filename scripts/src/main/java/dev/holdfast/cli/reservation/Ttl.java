package dev.holdfast.cli.reservation;

import dev.holdfast.cli.UsageException;
import dev.holdfast.common.config.DurationText;

/** The duration of a reservation as typed: {@code 15m}. */
final class Ttl {
  private Ttl() {}

  /** Reads it in milliseconds; empty text is 0, which stands for the node's default. */
  static long millis(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    long millis = parsed(text);
    if (millis == 0) {
      throw new UsageException("--ttl must be more than 0; without it the node's default counts");
    }
    return millis;
  }

  private static long parsed(String text) {
    try {
      return DurationText.parse(text).toMillis();
    } catch (IllegalArgumentException e) {
      throw new UsageException("--ttl " + e.getMessage() + "; was '" + text + "'");
    }
  }
}
