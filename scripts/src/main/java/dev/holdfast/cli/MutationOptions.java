package dev.holdfast.cli;

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

  /** Empty when none was given. */
  public String key() {
    return key;
  }

  /** Empty when none was given. */
  public String reference() {
    return reference;
  }
}
