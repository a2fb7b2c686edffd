package dev.holdfast.cli.output;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Moments as they are printed: ISO 8601 in UTC. */
public final class Moments {
  private Moments() {}

  /** Returns null for 0, which stands for never. */
  public static @Nullable String text(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
  }
}
