package dev.holdfast.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** What every change can carry. */
public final class MutationOptions {
  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "idempotency key, to be used once over all stores: as long as it is remembered (24 h, unless"
              + " the nodes are set otherwise) it does not happen twice (default: a new one)")
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
