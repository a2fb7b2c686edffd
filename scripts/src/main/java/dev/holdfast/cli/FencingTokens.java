package dev.holdfast.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** The fencing tokens that a change of leased items carries. */
public final class FencingTokens {
  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "fencing token of your lease on an item; may be repeated")
  private List<Long> tokens = List.of();

  /** Empty when none was given. */
  public List<Long> tokens() {
    return tokens;
  }
}
