package dev.holdfast.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** What a change of items can carry that leases keep others from. */
public final class FencingTokens {
  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "fencing token of a lease that you hold on an item; may be given several times")
  private List<Long> tokens = List.of();

  /** Empty when none was given. */
  public List<Long> tokens() {
    return tokens;
  }
}
