package dev.holdfast.cli;

import picocli.CommandLine.Option;

/** The options of every change. */
public final class MutationOptions {
  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "idempotency key, a new one for each attempt, across all stores: while it is remembered (24 h,"
              + " unless the nodes are set otherwise) it does not happen twice, and a no stays a no"
              + " (default: a new one)")
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
