package dev.holdfast.cli.certs;

import dev.holdfast.cli.UsageException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Option for the life of certificates. */
final class LifeOptions {
  private static final int DAYS_MAX = 3_652;

  @Option(
      names = "--days",
      defaultValue = "365",
      description = "how long the certificate is valid (default: ${DEFAULT-VALUE})")
  private int days;

  Duration life() {
    UsageException.requireRange("--days", days, 1, DAYS_MAX);
    return Duration.ofDays(days);
  }
}
