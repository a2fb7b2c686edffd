package dev.holdfast.cli;

import dev.holdfast.proto.inventory.v1.Position;
import java.util.List;
import picocli.CommandLine.Option;

/** The option to wait until the view includes some changes. */
public final class WaitFor {
  @Option(
      names = "--wait-for",
      split = ",",
      hideParamSyntax = true,
      paramLabel = "PARTITION:SEQUENCE,...",
      description = "wait until the view includes these positions, as printed by changes")
  private List<String> positions = List.of();

  public List<Position> positions() {
    return PositionText.parse("--wait-for", positions);
  }
}
