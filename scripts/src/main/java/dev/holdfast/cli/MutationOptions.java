package dev.holdfast.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** What every change can carry. */
public final class MutationOptions {
  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "idempotency key: the same key never happens twice (default: a new one)")
  private String key = "";

  @Option(
      names = "--reference",
      paramLabel = "TEXT",
      description = "order or document number, kept in the event log")
  private String reference = "";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "fencing token of a lease that you hold on an item; may be given several times")
  private List<Long> tokens = List.of();

  /** Empty when none was given. */
  public List<Long> tokens() {
    return tokens;
  }

  /** Empty when none was given. */
  public String key() {
    return key;
  }

  /** Empty when none was given. */
  public String reference() {
    return reference;
  }
}
